"""The faults, each by its name: what is broken, and what must hold all the same. A fault that a host does not get over
is an AssertionError or a RuntimeError with a sentence."""
import contextlib
import itertools
import pathlib
import random
import signal
import socket
import sqlite3
import subprocess
import time

from check import check
from host import LOST, PROGRAM, SOURCE, Host, Person
from ledger import Ledger, Manufacturer
from load import Load
from postgresql import Relay, free_port

BACK_AFTER = 10  # seconds, of a database that is there again


class Stage:
    """Where a fault plays: folders, servers, hosts. `long`: more rounds."""

    def __init__(self, folder, make_server, long):
        self.folder, self.make_server, self.long, self.number = pathlib.Path(folder), make_server, long, itertools.count(1)
        self.hosts = []

    def rounds(self, short, long):
        return long if self.long else short

    def server(self, standby_of=None):
        return self.make_server(f"server{next(self.number)}", standby_of)

    def host(self, server=None, **how):
        """A dealership of its own: a copy of the first of its kind. With a server: its leads are in the database leads
        there."""
        template = self.folder.parent / ("template_postgresql" if server else "template")
        dump = template.with_suffix(".sql")
        if server:
            server.rows("CREATE DATABASE leads")
        if not template.exists():
            Host(template, server and server.url("leads")).make_demo()
            if server:
                server.dump("leads", dump)
        elif server:
            server.restore("leads", dump)
        one = Host(self.folder / f"host{next(self.number)}", server and server.url("leads"), template, **how)
        self.hosts.append(one)
        return one

    def end(self):
        for one in self.hosts:
            if one.process and one.process.poll() is None:
                one.kill()


@contextlib.contextmanager
def at_work(hosts, rows=None, records_of=None, **how):
    """People and senders at work; afterwards everything that was acknowledged must be there, once and in order."""
    ledger = Ledger()
    to = Manufacturer(ledger)
    status, document = Person(hosts[0], "admin").act("leads.settings", "feedback_channel", source=SOURCE,
                                                     transport="https", url=to.url)
    assert status == 200, document
    load = Load(hosts, ledger, **how)
    time.sleep(3)
    yield load
    time.sleep(2)
    load.stop()
    found = check(ledger, rows or hosts[0].rows, hosts, records_of=records_of)
    assert not found, {name: (len(ones), ones[:3]) for name, ones in found.items()}
    assert len(ledger.leads) > 5 and sum(one[3] for one in ledger.actions) > 5, "There was no load."


def of_database(server, name):
    return lambda sql: server.rows("SET search_path = lead_system; " + sql, name)


# --- the host ---

def kill(stage, server=None):
    """The host is killed, over and over."""
    host = stage.host(server).start()
    rows = of_database(server, "leads") if server else None
    dice = random.Random(7)
    with at_work([host], rows, None if server else host) as load:
        for _ in range(stage.rounds(3, 30)):
            time.sleep(0.7 + dice.random() * 2)
            host.kill()
            host.start()
            load.back_after(time.monotonic())
    assert server or host.rows("PRAGMA integrity_check") == [["ok"]]


def kill_on_postgresql(stage):
    """The same on PostgreSQL."""
    kill(stage, stage.server())


def terminate(stage):
    """SIGTERM under load: it ends within ten seconds, and goes on where it was."""
    host = stage.host().start()
    with at_work([host], records_of=host) as load:
        for _ in range(stage.rounds(2, 12)):
            time.sleep(1.2)
            host.stop(10)
            host.start()
            load.back_after(time.monotonic())


def refused_start(stage):
    """A start that is refused, beside a serving host or on a taken port, changes nothing."""
    server, host = stage.server(), stage.host().start()
    other, token = server.url("postgres"), host.token()
    assert host.post(token, ["REL-1"])[0] == 200
    count = lambda: host.rows("SELECT count(*) FROM lead")
    before, remembered = count(), host.data / "database"
    start = lambda port: subprocess.run([PROGRAM, "serve", "--data", str(host.data), "--database", other, "--listen",
                                         f"127.0.0.1:{port}"], capture_output=True, text=True, timeout=60).returncode
    assert start(free_port()) == 1
    assert not remembered.exists(), remembered.read_text()
    host.stop()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert start(taken.getsockname()[1]) == 1
    assert not remembered.exists(), remembered.read_text()
    host.start()
    status, document = Person(host, "leitung").screen("leads.overview", limit=1)
    assert status == 200 and count() == before, (before, count())


def descriptors(stage):
    """More connections than the host may open files: afterwards everything goes on, and its log is short."""
    host = stage.host(limits=["prlimit", "--nofile=64:64"]).start()
    with at_work([host], records_of=host) as load:
        with contextlib.ExitStack() as idle:
            for _ in range(128):
                one = idle.enter_context(socket.socket())
                one.settimeout(0.5)
                with contextlib.suppress(OSError):
                    one.connect(("127.0.0.1", host.port))
            time.sleep(stage.rounds(5, 20))
        load.back_after(time.monotonic(), 60)
    assert host.complaints() < 500, f"{host.complaints()} complaints in the log."


def killed_backup(stage):
    """What a killed backup left behind goes with the next start, and the next backup is whole."""
    host = stage.host()
    left = host.data / ".backup-0123456789ab"
    left.mkdir()
    (left / "copy").write_bytes(b"half")
    host.start()
    assert not left.exists(), "The start left half a backup behind."
    for number in range(stage.rounds(3, 12)):
        one = subprocess.Popen([PROGRAM, "backup", "--data", str(host.data), str(host.data) + f".{number}"])
        time.sleep(0.02 * (number + 1))
        one.kill()
        one.wait()
    assert host.run("backup", str(host.data) + ".whole").returncode == 0
    assert not list(host.data.glob(".backup-*")), "A killed backup left something behind."


# --- SQLite ---

@contextlib.contextmanager
def locked(file):
    with contextlib.closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as one:
        one.execute("BEGIN EXCLUSIVE")
        yield
        one.execute("ROLLBACK")


def sqlite_locked(stage):
    """Another program has the lead database for a while."""
    host = stage.host().start()
    with at_work([host], records_of=host) as load:
        with locked(host.data / "plugins/lead_system/lead_system.db"):
            time.sleep(stage.rounds(7, 20))
        load.back_after(time.monotonic(), BACK_AFTER)


def sqlite_locked_at_start(stage):
    """The same while the host starts: the port is open at once, and the leads come back by themselves."""
    host = stage.host()
    with locked(host.data / "plugins/lead_system/lead_system.db"):
        token = host.token()
        away(host.start(answers=(503,)), token)
        person = Person(host, "leitung")
        status, document = person.screen("leads.overview")
        assert status == 503, (status, document)
        status, page = person.call("GET", "/screens/host.contacts", accept="text/html")
        assert status == 200 and "nicht erreichbar" in page["text"], status
    comes_back(host, token)


def away(host, token):
    """What senders and those who watch are told while the leads cannot be reached."""
    assert host.health() == 503
    status, headers, report = host.post(token, ["REL-1"])
    assert status == 503 and headers["Retry-After"] and "later" in report["error"], (status, report)


def comes_back(host, token):
    begun, status = time.monotonic(), 0
    while time.monotonic() - begun < 2 * BACK_AFTER and status != 200:
        time.sleep(0.1)
        status = host.health()
    assert status == 200, f"Not back within {2 * BACK_AFTER} s."
    assert host.post(token, ["REL-1"])[0] == 200
    assert Person(host, "leitung").screen("leads.overview")[0] == 200


# --- PostgreSQL ---

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
    with at_work([host], of_database(server, "leads")) as load:
        for _ in range(stage.rounds(1, 5)):
            server.stop("immediate")
            time.sleep(stage.rounds(3, 10))
            server.start()
            load.back_after(time.monotonic(), BACK_AFTER)


def standby_lost(stage):
    """The synchronous standby is gone: commits wait for it, reading goes on."""
    primary = stage.server()
    host = stage.host(primary).start()
    standby = stage.server(standby_of=primary)
    with at_work([host], of_database(primary, "leads")) as load:
        standby.stop("immediate")
        time.sleep(8)
        for _ in range(5):
            status, document = Person(host, "leitung").screen("leads.overview")
            assert status == 200, (status, document)
        standby.start()
        load.back_after(time.monotonic(), BACK_AFTER)


def failover(stage, lose, rounds):
    """The primary is lost in some way, its standby is promoted: the host is back ten seconds later, and ends in ten."""
    for _ in range(rounds):
        primary = stage.server()
        relay = Relay(primary.port)
        host = stage.host(primary)
        standby = stage.server(standby_of=primary)
        host.use(f"postgresql://postgres@127.0.0.1:{relay.port},127.0.0.1:{standby.port}/leads"
                 "?target_session_attrs=read-write")
        host.start()
        with at_work([host], of_database(standby, "leads")) as load:
            lose(primary, relay)
            time.sleep(2)  # what a monitor takes to decide
            standby.promote()
            after = load.back_after(time.monotonic(), BACK_AFTER)
            print(f"    back {after:.1f} s after the promotion", flush=True)
        host.stop(10)
        standby.stop("immediate")


def failover_killed(stage):
    """The primary's processes are killed."""
    failover(stage, lambda primary, _: primary.signal(signal.SIGKILL), stage.rounds(1, 5))


def failover_frozen(stage):
    """The primary's machine is frozen: its kernel takes what is sent, nobody answers."""
    failover(stage, lambda primary, _: primary.signal(signal.SIGSTOP), stage.rounds(1, 3))


def failover_silent(stage):
    """The way to the primary is cut, and nobody says so."""
    failover(stage, lambda _, relay: setattr(relay, "silent", True), stage.rounds(1, 3))


def everything_hangs(stage):
    """The database falls silent and nobody is promoted: SIGTERM ends the host within ten seconds all the same."""
    server = stage.server()
    relay = Relay(server.port)
    host = stage.host(server)
    host.use(f"postgresql://postgres@127.0.0.1:{relay.port}/leads")
    host.start()
    token = host.token()
    relay.silent = True
    with contextlib.suppress(*LOST, ValueError):
        host.post(token, ["REL-1"], timeout=1)
    took = host.stop(10)
    print(f"    ended after {took:.1f} s", flush=True)


FAULTS = (kill, kill_on_postgresql, terminate, refused_start, descriptors, killed_backup, sqlite_locked,
          sqlite_locked_at_start, postgresql_away_at_start, postgresql_restarts, standby_lost, failover_killed,
          failover_frozen, failover_silent, everything_hangs)
SHORT = (kill, refused_start, killed_backup, sqlite_locked_at_start, postgresql_away_at_start, standby_lost,
         failover_frozen, failover_silent, everything_hangs)
