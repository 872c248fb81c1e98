"""What a fault plays on: hosts, servers, people at work, and what must hold of a host that was away."""
import contextlib
import itertools
import pathlib
import time

from check import check
from host import DATABASE, LOST, SOURCE, Host, Person
from ledger import Ledger, Manufacturer
from load import Load

BACK_AFTER = 10  # seconds, of a database that is there again
ENDS_WITHIN = 10


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
        """A dealership of its own: a copy of the first one, with a server moved into a database there."""
        template = self.folder.parent / "template"
        if not template.exists():
            Host(template).make_demo()
        one = Host(self.folder / f"host{next(self.number)}", template, **how)
        if server:
            server.make_database(DATABASE)
            one.move_into(server)
        self.hosts.append(one)
        return one

    def one_more(self, server):
        """A further host of the dealership there."""
        one = Host(self.folder / f"host{next(self.number)}")
        one.data.mkdir()
        one.server = server
        one.use(server.url(DATABASE))
        self.hosts.append(one)
        return one

    def finish(self):
        """Whatever a host went through: it ends when it is asked to, and did not fill the disk with complaints."""
        for one in self.hosts:
            one.stop(ENDS_WITHIN)
            assert one.complaints() < 500, f"{one.complaints()} complaints in the log."

    def end(self):
        for one in self.hosts:
            if one.process and one.process.poll() is None:
                one.kill()


@contextlib.contextmanager
def at_work(hosts, longest=180, **how):
    """People and senders at work; afterwards everything that was acknowledged must be there, once and in order."""
    ledger = Ledger()
    to = Manufacturer(ledger)
    admin = Person(hosts[0], "admin")
    for _ in range(5):  # a host that has just started may be busy: an admin tries again
        status, document = admin.act("leads.settings", "feedback_channel", source=SOURCE, transport="https", url=to.url)
        if status != 503:
            break
    assert status == 200, document
    load = Load(hosts, ledger, **how)
    try:
        load.goes_on()
        yield load
        load.goes_on()
        for one in hosts:
            says(one, 200)
    finally:
        load.stopping.set()
    load.stop()
    found = check(ledger, hosts[0], hosts, longest=longest)
    assert not found, {name: (len(ones), ones[:3]) for name, ones in found.items()}
    # Where it cannot be looked up who asks, the host speaks its own language.
    english = [said for said in ledger.answers if said.startswith("person") and "the " in said.lower()
               and "The data cannot be reached" not in said]
    assert not english, english


def away(host, token):
    """What senders and those who watch are told while the leads cannot be reached."""
    assert host.health() == 503
    status, headers, report = host.post(token, ["REL-1"])
    assert status == 503 and headers["Retry-After"] and "later" in report["error"], (status, report)


def says(host, status, longest=20):
    """Until /health says so."""
    begun, seen = time.monotonic(), 0
    while seen != status:
        assert time.monotonic() - begun < longest, f"/health says {seen}, not {status}, for {longest} s."
        time.sleep(0.1)
        with contextlib.suppress(*LOST):  # while the host takes the port over from who kept it meanwhile
            seen = host.health()


def comes_back(host, token):
    says(host, 200)
    assert host.post(token, ["REL-1"])[0] == 200
    assert Person(host, "leitung").screen("leads.overview")[0] == 200
