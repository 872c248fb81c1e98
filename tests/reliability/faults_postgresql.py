"""The faults of PostgreSQL servers, their machines and the lines to them."""
import contextlib
import random
import signal
import time

from host import DATABASE, LOST, Person
from postgresql import ACCOUNT, Relay, address
from stage import BACK_AFTER, ENDS_WITHIN, at_work, away, comes_back, says


def postgresql_away_at_start(stage):
    """PostgreSQL comes later than the host: after a power cut the order decides nothing."""
    server = stage.server()
    host = stage.host(server)
    token = host.token()
    server.stop()
    away(host.start(answers=(503,)), token)
    server.start()
    comes_back(host, token)


def postgresql_restarts(stage):
    """PostgreSQL goes and comes back."""
    server = stage.server()
    host = stage.host(server).start()
    with at_work([host]) as load:
        for _ in range(stage.rounds(1, 5)):
            server.stop("immediate")
            says(host, 503)
            time.sleep(stage.rounds(3, 10))
            server.start()
            load.back_after(time.monotonic(), BACK_AFTER)


def standby_lost(stage):
    """The synchronous standby is gone: commits wait for it, reading goes on."""
    primary = stage.server()
    host = stage.host(primary).start()
    standby, token = stage.server(standby_of=primary), host.token()
    readers = [Person(host, login) for login in ("leitung", "wien1", "graz1", "verkauf1")]
    with at_work([host]) as load:
        for one in readers:
            one.screen("leads.overview")
        standby.stop("immediate")
        for one in 3 * readers:
            status, document = one.screen("leads.overview")
            assert status == 200, (status, document)
            time.sleep(1)
        standby.start()
        load.back_after(time.monotonic(), BACK_AFTER)
    standby.stop("immediate")
    with contextlib.suppress(*LOST, ValueError):
        host.post(token, ["REL-1000000"], timeout=1)
    host.stop(ENDS_WITHIN)


def failover(stage, lose, rounds, relayed=False):
    """The primary is lost in some way, its standby is promoted: the host is back ten seconds later, and ends in ten."""
    for _ in range(rounds):
        primary = stage.server()
        relay = Relay(primary.port)
        host = stage.host(primary)
        standby = stage.server(standby_of=primary)
        host.use(address(DATABASE, relay.port if relayed else primary.port, standby.port))
        host.start()
        with at_work([host]) as load:
            lose(primary, relay)
            time.sleep(2)  # what a monitor takes to decide
            standby.promote()
            host.server = standby
            after = load.back_after(time.monotonic(), BACK_AFTER)
            print(f"    back {after:.1f} s after the promotion", flush=True)
        host.stop(ENDS_WITHIN)
        standby.stop("immediate")


def failover_killed(stage):
    """The primary's processes are killed."""
    failover(stage, lambda primary, _: primary.signal(signal.SIGKILL), stage.rounds(1, 5))


def failover_frozen(stage):
    """The primary's machine is frozen: its kernel takes what is sent, nobody answers."""
    failover(stage, lambda primary, _: primary.signal(signal.SIGSTOP), stage.rounds(1, 3))


def failover_silent(stage):
    """The way to the primary is cut, and nobody says so."""
    failover(stage, lambda _, relay: setattr(relay, "silent", True), stage.rounds(1, 3), relayed=True)


def everything_hangs(stage):
    """The database falls silent and nobody is promoted: SIGTERM ends the host within ten seconds all the same."""
    server = stage.server()
    relay = Relay(server.port)
    host = stage.host(server)
    host.use(address(DATABASE, relay.port))
    host.start()
    token = host.token()
    relay.silent = True
    with contextlib.suppress(*LOST, ValueError):
        host.post(token, ["REL-1"], timeout=1)
    took = host.stop(ENDS_WITHIN)
    print(f"    ended after {took:.1f} s", flush=True)
    away(host.start(answers=(503,)), token)
    host.stop(ENDS_WITHIN)
    host.start(answers=(503,))
    relay.silent = False
    comes_back(host, token)



def two_hosts(stage):
    """Two hosts are one dealership, whose people use either; now one of them is killed, now the other."""
    server, dice = stage.server(), random.Random(5)
    hosts = [stage.host(server).start(), stage.one_more(server).start()]
    with at_work(hosts) as load:
        for number in range(stage.rounds(4, 30)):
            time.sleep(0.7 + dice.random())
            hosts[number % 2].kill()
            hosts[number % 2].start()
            load.back_after(time.monotonic())
    assert not [said for said in load.ledger.answers if " 401" in said], "Somebody had to sign in at each host."


def slow_line(stage):
    """Each way to the database takes 20 ms: everybody is served all the same."""
    server = stage.server()
    relay, host = Relay(server.port), stage.host(server)
    relay.delay = 0.02
    host.use(address(DATABASE, relay.port))
    host.start()
    # The demo's own messages go out as well, some journeys each.
    with at_work([host], pause=0.3, longest=600) as load:
        time.sleep(stage.rounds(5, 30))
        assert host.health(30) == 200
    assert not load.ledger.answers, load.ledger.answers


def few_connections(stage):
    """The database allows fewer connections than the host wants: what it says is short, and it gets over it."""
    server = stage.server()
    host = stage.host(server).start()
    with at_work([host], pause=0.2) as load:
        server.rows(f"ALTER DATABASE {DATABASE} CONNECTION LIMIT 6")
        server.rows(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{ACCOUNT}'")
        time.sleep(stage.rounds(5, 20))
        server.rows(f"ALTER DATABASE {DATABASE} CONNECTION LIMIT 100")
        load.back_after(time.monotonic(), BACK_AFTER)
