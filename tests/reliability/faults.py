"""The faults of a host and its files, each by its name: what is broken, and what must hold all the same. A fault that a
host does not get over is an AssertionError or a RuntimeError with a sentence."""
import contextlib
import random
import socket
import sqlite3
import subprocess
import time

from check import check
from host import PROGRAM, Host, Person
from postgresql import free_port
from stage import BACK_AFTER, ENDS_WITHIN, at_work, away, comes_back


def kill(stage, server=None):
    """The host is killed, over and over."""
    host = stage.host(server).start()
    dice = random.Random(7)
    with at_work([host]) as load:
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
    with at_work([host]) as load:
        for _ in range(stage.rounds(2, 12)):
            time.sleep(1.2)
            host.stop(ENDS_WITHIN)
            host.start()
            load.back_after(time.monotonic())
    cut = [said for said in load.ledger.answers if "IncompleteRead" in said]
    assert not cut, f"Answers were cut off: {cut}"


def refused_start(stage):
    """A start that is refused, beside a serving host or on a taken port, changes nothing."""
    server, host = stage.server(), stage.host().start()
    server.make_database("other")
    other, token = server.url("other"), host.token()
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
    with at_work([host]) as load:
        with contextlib.ExitStack() as idle:
            for _ in range(128):
                one = idle.enter_context(socket.socket())
                one.settimeout(0.5)
                with contextlib.suppress(OSError):
                    one.connect(("127.0.0.1", host.port))
            time.sleep(stage.rounds(5, 20))
        load.back_after(time.monotonic(), 60)


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
    host.must("backup", str(host.data) + ".whole")
    assert not list(host.data.glob(".backup-*")), "A killed backup left something behind."


def backup(stage, server=None):
    """A backup while people work, restored and served: all that was acknowledged before it, and each customer's leads."""
    host = stage.host(server).start()
    saved = host.data.with_suffix(".backup")
    with at_work([host]) as load:
        before = load.ledger.copied()
        host.must("backup", str(saved))
    before.perhaps(load.ledger)
    host.stop(ENDS_WITHIN)
    again = Host(stage.folder / "restored")
    where = []
    if server:
        server.make_database("restored")
        again.server, again.database = server, "restored"
        where = ["--database", server.url("restored")]
    again.must("restore", str(saved), *where)
    stage.hosts.append(again.start())
    before.files = {}  # what was done is not in it; what waited comes in anew
    found = check(before, again, [again])
    # What was made and received after it is unknown to it.
    for name in ("F_invented", "F_order"):
        found.pop(name, None)
    assert not found, {name: (len(ones), ones[:3]) for name, ones in found.items()}


def backup_on_postgresql(stage):
    """The same on PostgreSQL: host and leads of one moment."""
    backup(stage, stage.server())


def clock_jumps(stage, server=None):
    """The clock is a day ahead for a while, then a day behind: what was put off meanwhile does not wait for it."""
    host = stage.host(server)
    host.set_clock(0)
    host.start()
    with at_work([host]) as load:
        for ahead in (86_400, 0, -86_400, 0):
            host.set_clock(ahead)
            time.sleep(stage.rounds(4, 15))
            load.back_after(time.monotonic())


def clock_jumps_on_postgresql(stage):
    """The same on PostgreSQL."""
    clock_jumps(stage, stage.server())


@contextlib.contextmanager
def locked(file):
    with contextlib.closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as one:
        one.execute("BEGIN EXCLUSIVE")
        yield
        one.execute("ROLLBACK")


def sqlite_locked(stage):
    """Another program has the lead database for a while."""
    host = stage.host().start()
    with at_work([host]) as load:
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
