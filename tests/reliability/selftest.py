"""Does the check catch what it must? A clean run, then one sabotage at a time on a copy of what it left."""
import copy
import shutil
import sqlite3
import time

from check import check
from faults import Stage
from host import SOURCE, Host, Person
from ledger import Ledger, Manufacturer
from load import Load

LEADS, RECORDS = "plugins/lead_system/lead_system.db", "host.db"


def sabotages(ledger):
    """Name, the problem that must be found, the file and the SQL, or what is done to the ledger."""
    lead = next(iter(ledger.leads))
    close = next(one for one in ledger.actions if one[3] and one[1] == "close")
    event = f"lead_id = {close[0]} AND lead_version = {close[2]}"
    first = ledger.received[0][0]

    def copied(table, where, changes):
        return (f"CREATE TEMP TABLE x AS SELECT * FROM {table} WHERE {where}; UPDATE x SET {changes}; "
                f"INSERT INTO {table} SELECT * FROM x")

    this = f"external_id = '{lead}'"
    return [
        ("a lead is lost", "L_lost", LEADS, f"DELETE FROM lead WHERE {this}"),
        ("a lead is there twice", "L_double", LEADS, "DROP INDEX lead_external; " + copied("lead", this, "id = 999999")),
        ("a lead is invented", "L_invented", LEADS,
         copied("lead", this, "id = 999999, external_id = 'REL-777777'")),
        ("an action is lost", "A_lost", LEADS, f"DELETE FROM lead_event WHERE {event}"),
        ("an action is done twice", "A_doubled", LEADS,
         copied("lead_event", event, "id = 999999, lead_version = lead_version + 50")),
        ("a message is never sent", "F_missing", None,
         lambda of: setattr(of, "received", [one for one in of.received if one[0] != first])),
        ("a message is invented", "F_invented", None, lambda of: of.received.append(("none of ours", "REL-1"))),
        ("messages are out of order", "F_order", None, lambda of: of.received.reverse()),
        ("a change has no message", "F_count", LEADS,
         f"DELETE FROM feedback_message WHERE lead_id = {close[0]} AND cause IN ('closed', 'lost')"),
        ("a customer is there twice", "C_double_customer", RECORDS,
         copied("customers", "id = (SELECT max(id) FROM customers WHERE email LIKE 'rel-%')", "id = id + 100000")),
        ("another person is behind a number", "C_wrong_customer", RECORDS,
         "UPDATE customers SET email = 'rel-0@example.at' WHERE id = (SELECT max(id) FROM customers WHERE email LIKE "
         "'rel-%')"),
        ("a contact is lost", "C_contact_count", RECORDS,
         f"DELETE FROM contacts WHERE reference = 'lead:{close[0]}'"),
        ("a file is lost", "I_file", None, None),
    ]


def ledger_of(one):
    other = copy.copy(one)
    for name in ("leads", "files", "actions", "received", "other_numbers", "denied", "sent"):
        setattr(other, name, copy.copy(getattr(one, name)))
    return other


def run(root):
    stage = Stage(root / "selftest", None, False)
    stage.folder.mkdir()
    host, ledger = stage.host().start(), Ledger()
    to = Manufacturer(ledger)
    Person(host, "admin").act("leads.settings", "feedback_channel", source=SOURCE, transport="https", url=to.url)
    load = Load([host], ledger, seed=2)
    time.sleep(9)
    load.stop()
    clean = check(ledger, host.rows, [host], records_of=host)
    host.stop()
    print("a clean run:", clean or "nothing found", flush=True)
    held = not clean
    for number, (name, problem, file, what) in enumerate(sabotages(ledger)):
        spoilt, said = Host(stage.folder / f"copy{number}", template=host.data), ledger_of(ledger)
        said.files = {(str(spoilt.data), inside): ids for (_, inside), ids in ledger.files.items()}
        if file:
            with sqlite3.connect(spoilt.data / file) as one:
                one.executescript("PRAGMA foreign_keys = off; " + what)
        elif what:
            what(said)
        else:
            next((spoilt.data / "inbox" / SOURCE / "done").glob("REL-*.xml")).unlink()
        found = check(said, spoilt.rows, [spoilt], longest=1, records_of=spoilt)
        print("caught" if problem in found else f"MISSED ({found})", name, sep=": ", flush=True)
        held = held and problem in found
        shutil.rmtree(spoilt.data)
    return held
