"""Does the check catch what it must? A clean run, then one sabotage at a time on a copy of what it left."""
import pathlib
import re
import shutil
import sqlite3
import time

import check
from check import KINDS
from stage import Stage
from host import SOURCE, Host, Person
from ledger import Ledger, Manufacturer
from load import Load

LEADS, RECORDS, LEDGER, INBOX = "plugins/lead_system/lead_system.db", "host.db", "ledger", "inbox"


def copied(table, where, changes):
    return (f"CREATE TEMP TABLE x AS SELECT * FROM {table} WHERE {where}; UPDATE x SET {changes}; "
            f"INSERT INTO {table} SELECT * FROM x")


def moved(where):
    """A file that is done lies somewhere else afterwards; with None: nowhere."""
    def move(inbox):
        file = next((inbox / "done").glob("REL-*.xml"))
        if not where:
            return file.unlink()
        (inbox / where).mkdir(exist_ok=True)
        return file.rename(inbox / where / file.name)
    return move


def sabotages(ledger):
    """The problem that must be found, what was done, where, and how."""
    lead = next(iter(ledger.leads))
    this = f"external_id = '{lead}'"
    done = {action: (number, version) for number, action, version, ok in ledger.actions if ok}
    close, close_version = done["close"]
    event = f"lead_id = {close} AND lead_version = {close_version}"
    planned = "FROM idempotency WHERE key LIKE '%:contact:%'"
    first = next(message for message, one in ledger.received if one.startswith("REL-"))
    file, ids = next(iter(ledger.files.items()))
    someone = "SELECT max(id) FROM customers WHERE email LIKE 'rel-%'"

    def deny(of):
        of.actions = [one for one in of.actions if one[:2] != (close, "close")]
        of.denied.append((close, "close", close_version - 1))

    return [
        ("L_lost", "a lead is lost", LEADS, f"DELETE FROM lead WHERE {this}"),
        ("L_double", "a lead is there twice", LEADS,
         "DROP INDEX lead_external; " + copied("lead", this, "id = 999999")),
        ("L_invented", "a lead is invented", LEADS,
         copied("lead", this, "id = 999999, external_id = 'REL-777777'")),
        ("L_other_number", "a lead has another number than was said", LEDGER,
         lambda of: of.leads.update({lead: of.leads[lead] + 1})),
        ("A_lost", "an action is lost", LEADS, f"DELETE FROM lead_event WHERE {event}"),
        ("A_doubled", "an action is done twice", LEADS,
         copied("lead_event", event, "id = 999999, lead_version = lead_version + 50")),
        ("A_said_nothing_stored_but_was", "what was denied is stored", LEDGER, deny),
        ("V_double", "two events have one version", LEADS, copied("lead_event", event, "id = 999999")),
        ("V_gap", "a version is missing", LEADS,
         f"UPDATE lead_event SET lead_version = lead_version + 1 WHERE {event}"),
        ("V_end", "a lead is behind its events", LEADS, f"UPDATE lead SET version = version - 1 WHERE id = {close}"),
        ("F_missing", "a message never arrived", LEDGER,
         lambda of: setattr(of, "received", [one for one in of.received if one[0] != first])),
        ("F_invented", "a message is invented", LEDGER, lambda of: of.received.append(("none of ours", "REL-1"))),
        ("F_order", "messages are out of order", LEDGER, lambda of: of.received.reverse()),
        ("F_count", "a change has no message", LEADS,
         f"DELETE FROM feedback_message WHERE lead_id = {close} AND cause IN ('closed', 'lost')"),
        ("F_waiting", "a message waits for ever", LEADS,
         f"UPDATE feedback_message SET status = 'waiting' WHERE message_id = '{first}'"),
        ("F_given_up", "a message was given up", LEADS,
         f"UPDATE feedback_message SET status = 'failed' WHERE message_id = '{first}'"),
        ("C_double_customer", "a customer is there twice", RECORDS,
         copied("customers", f"id = ({someone})", "id = id + 100000")),
        ("C_wrong_customer", "another person is behind a number", RECORDS,
         f"UPDATE customers SET email = 'rel-0@example.at' WHERE id = ({someone})"),
        ("C_contact_missing", "a planned contact is lost", RECORDS,
         f"DELETE FROM contacts WHERE id IN (SELECT id {planned}); DELETE {planned}"),
        ("C_contact_count", "an entry in myKontakte is lost", RECORDS,
         f"DELETE FROM contacts WHERE reference = 'lead:{close}'"),
        ("C_not_in_contacts", "leads stand in nobody's myKontakte", RECORDS, "UPDATE contacts SET done_us = 1"),
        ("C_host_not_told", "the host was not told", LEADS,
         f"INSERT INTO host_effect SELECT id, lead_id, 0, 0, '' FROM lead_event WHERE {event}"),
        ("P_missing", "the audit log is silent", RECORDS, "DELETE FROM audit WHERE action = 'screen.action'"),
        ("I_file", "a file is lost", INBOX, moved(None)),
        ("I_left", "a file is left half way", INBOX, moved(".work")),
        ("I_quarantined", "a good file is in quarantine", INBOX, moved("quarantine")),
        ("I_lost", "a file is done, its lead is not there", LEDGER,
         lambda of: of.files.update({file: [*ids, "REL-888888"]})),
    ]


def ledger_of(one, data):
    """A copy to spoil, of the host whose files are in `data`."""
    other = one.copied()
    other.files = {(str(data), name): ids for (_, name), ids in one.files.items()}
    return other


def enough(ledger):
    """Something of everything that is spoilt later, and leads with a planned contact that are still worked on."""
    done = [one for one in list(ledger.actions) if one[3]]
    leads = {action: {one[0] for one in done if one[1] == action} for action in KINDS}
    return len(done) > 60 and ledger.files and leads["import"] and leads["close"] and len(
        leads["contact"] - leads["close"]) > 2


def clean_run(stage):
    host, ledger = stage.host().start(), Ledger()
    to = Manufacturer(ledger)
    Person(host, "admin").act("leads.settings", "feedback_channel", source=SOURCE, transport="https", url=to.url)
    load = Load([host], ledger, seed=2)
    begun = time.monotonic()
    while not enough(ledger):
        if time.monotonic() - begun > 120:
            raise RuntimeError("Nobody works.")
        time.sleep(0.1)
    load.stop()
    found = check.check(ledger, host, [host])
    host.stop()
    print("a clean run:", found or "nothing found", flush=True)
    return host, ledger, not found


def run(root):
    stage = Stage(root / "selftest", None, False)
    stage.folder.mkdir()
    host, ledger, held = clean_run(stage)
    tried = set()
    for problem, name, where, what in sabotages(ledger_of(ledger, host.data)):
        spoilt = Host(stage.folder / f"spoilt_{problem}", host.data)
        said = ledger_of(ledger, spoilt.data)
        if where == LEDGER:
            what(said)
        elif where == INBOX:
            what(spoilt.data / "inbox" / SOURCE)
        else:
            with sqlite3.connect(spoilt.data / where) as one:
                one.executescript("PRAGMA foreign_keys = off; " + what)
        found = check.check(said, spoilt, [spoilt], longest=1)
        print("caught" if problem in found else f"MISSED ({found})", name, sep=": ", flush=True)
        held = held and problem in found
        tried.add(problem)
        shutil.rmtree(spoilt.data)
    # A check that nobody ever saw fail does not count.
    untried = set(re.findall(r'"([A-Z]_\w+)"', pathlib.Path(check.__file__).read_text())) - tried
    print("never tried:", ", ".join(sorted(untried)) or "none", flush=True)
    return held and not untried
