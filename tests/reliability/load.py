"""Senders, an inbox and people at work on one or several hosts; each goes on through whatever happens."""
import collections
import itertools
import os
import queue
import random
import threading
import time

from host import LOST, SOURCE, Person, payload

LATER = time.strftime("%Y-%m-%dT10:00", time.localtime(time.time() + 50 * 86_400))
# What somebody may do next, by the state that he saw: (action, its input, the state after it).
STEPS = {
    "received": [("assign", {"user": "verkauf1"}, "assigned"), ("assign", {"user": "verkauf2"}, "assigned")],
    "assigned": [("import", {}, "assigned"), ("progress", {"state": "in_progress"}, "in_progress"),
                 ("close", {"state": "lost", "reason": "price", "comment": "x"}, "closed")],
    "in_progress": [("import", {}, "in_progress"), ("contact", {"due": LATER, "kind": "phone", "note": "x"},
                                                    "in_progress"),
                    ("progress", {"state": "appointment"}, "appointment"),
                    ("close", {"state": "lost", "reason": "price", "comment": "x"}, "closed")],
    "appointment": [("close", {"state": "closed", "reason": "no_further_contact", "comment": "x"}, "closed")],
    "closed": [("reopen", {"comment": "again"}, "assigned"), None, None],
}


def state_by(actions):
    """Roughly, from what a lead's page offers."""
    for action, state in (("reopen", "closed"), ("progress", "in_progress"), ("assign", "received")):
        if action in actions:
            return state
    return "assigned"


class Load:
    def __init__(self, hosts, ledger, tag="REL", senders=2, workers=3, files=True, seed=1, pause=0.05):
        self.hosts, self.ledger, self.tag, self.pause = hosts, ledger, tag, pause
        self.tokens = {host: host.token() for host in hosts}
        self.numbers, self.stopping, self.last = itertools.count(1), threading.Event(), {}
        self.count = collections.Counter()
        self.ready = [queue.Queue() for _ in range(workers)]
        jobs = [(self.send, n) for n in range(senders)] + [(self.work, n) for n in range(workers)]
        jobs += [(self.drop, 0)] if files else []
        self.broken = []  # mistakes of ours
        self.threads = [threading.Thread(target=self.do, args=(job, n, random.Random(seed * 1000 + place)), daemon=True)
                        for place, (job, n) in enumerate(jobs)]
        for one in self.threads:
            one.start()

    def do(self, job, number, dice):
        try:
            job(number, dice)
        except Exception as mistake:  # or it would be a load that is not there
            self.broken.append(mistake)
            raise

    def stop(self, longest=120):
        self.stopping.set()
        for one in self.threads:
            one.join(longest)
        if any(one.is_alive() for one in self.threads):
            raise RuntimeError(f"Somebody waits for an answer for over {longest} s.")
        if self.broken:
            raise RuntimeError(f"The load broke: {self.broken[0]!r}")

    def goes_on(self, longest=60):
        """Until five more payloads and five more actions went well."""
        wanted = {what: self.count[what] + 5 for what in ("payload", "action")}
        begun = time.monotonic()
        while any(self.count[what] < number for what, number in wanted.items()):
            if time.monotonic() - begun > longest:
                raise RuntimeError(f"Nothing goes on any more: {dict(self.count)}, {dict(self.ledger.answers)}")
            time.sleep(0.05)

    def went_well(self, what):
        self.count[what] += 1
        self.last[what] = time.monotonic()

    def back_after(self, moment, longest=60):
        """Seconds until a payload and an action went well after that moment."""
        while time.monotonic() - moment < longest:
            if all(self.last.get(what, 0) > moment for what in ("payload", "action")):
                return max(self.last.values()) - moment
            time.sleep(0.02)
        raise RuntimeError(f"Not back within {longest} s: {dict(self.ledger.answers)}")

    def ids(self, dice):
        return [f"{self.tag}-{next(self.numbers)}" for _ in range(dice.choice((1, 1, 1, 2, 5)))]

    def send(self, _, dice):
        """The same bytes again until they are acknowledged; sometimes once more."""
        while not self.stopping.is_set():
            ids, host = self.ids(dice), dice.choice(self.hosts)
            self.ledger.send(ids)
            again = dice.random() < 0.05
            while not self.stopping.is_set():
                try:
                    status, _, report = host.post(self.tokens[host], ids)
                except (*LOST, ValueError) as fault:
                    status, report = type(fault).__name__, {}
                if status != 200:
                    self.ledger.saw("sender", f"{status} {report.get('error', '')}")
                    time.sleep(0.2)
                    host = dice.choice(self.hosts)
                    continue
                self.ledger.acknowledge(report["items"])
                self.went_well("payload")
                if again:
                    again = False
                    continue
                for item in report["items"]:
                    lead = int(item["lead"])
                    self.ready[lead % len(self.ready)].put(lead)
                break
            time.sleep(self.pause * dice.random() * 2)

    def drop(self, _, dice):
        while not self.stopping.is_set():
            ids, host = self.ids(dice), dice.choice(self.hosts)
            folder, name = host.data / "inbox" / SOURCE, f"{ids[0]}.xml"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f".{name}").write_bytes(payload(ids))
            self.ledger.send(ids)
            self.ledger.files[str(host.data), name] = ids
            os.rename(folder / f".{name}", folder / name)
            time.sleep(self.pause * 4 * (0.5 + dice.random()))

    def work(self, number, dice):
        person = Person(self.hosts[0], "leitung")  # one session, at whichever host
        mine = []  # [lead, state, version]
        while not self.stopping.is_set():
            while len(mine) < 12 and not self.ready[number].empty():
                mine.append([self.ready[number].get(), "received", 1])
            if mine:
                item, person.host = dice.choice(mine), dice.choice(self.hosts)
                step = dice.choice(STEPS[item[1]])
                if step is None:
                    mine.remove(item)
                else:
                    self.step(person, item, step)
            time.sleep(self.pause * dice.random() * 2)

    def step(self, person, item, step):
        lead, _, version = item
        action, values, after = step
        try:
            status, document = person.act("leads.lead", action, id=lead, lead=lead, version=version, **values)
        except LOST as fault:
            status, document = type(fault).__name__, {}
        if status == 200:
            self.ledger.act(lead, action, document.get("version"), True)
            item[1:] = [after, document.get("version", version)]
            self.went_well("action")
            return
        said = document.get("error") or document.get("message") or ""
        self.ledger.saw("person", f"{status} {said}")
        # Lost or 5xx: it is not said that it happened, nor that it did not.
        if not isinstance(status, int) or status >= 500:
            self.ledger.act(lead, action, None, False, said, version)
        self.look_again(person, item)

    def look_again(self, person, item):
        while not self.stopping.is_set():
            try:
                status, version, actions = person.version_of(item[0])
                if status == 200 and version:
                    item[1:] = [state_by(actions), version]
                    return
                self.ledger.saw("reader", status)
            except LOST as fault:
                self.ledger.saw("reader", type(fault).__name__)
            time.sleep(0.2)
