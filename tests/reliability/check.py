"""Compares the ledger with what is stored, what was received and what lies in the inbox; when all is well, nothing is
found."""
import collections
import contextlib
import pathlib
import re
import sqlite3
import time

from host import LOST, SOURCE, Person

KINDS = {"assign": ("assigned",), "import": ("imported", "linked"), "progress": ("progress",), "close": ("closed",),
         "contact_result": ("contact_result",), "reopen": ("reopened",), "contact": ("contact_planned",)}
BESIDE = {"reminder", "escalation", "feedback_resent", "linked"}  # no version of their own


def inbox_of(hosts, tag):
    folders = [host.data / "inbox" / SOURCE for host in hosts]
    return sum(len(list(folder.glob(f"{tag}-*.xml"))) + len(list((folder / ".work").glob("*"))) for folder in folders)


def left_over(host, hosts, tag):
    return {"F_waiting": int(host.rows("SELECT count(*) FROM feedback_message WHERE status = 'waiting' AND external_id "
                                       f"LIKE '{tag}-%'")[0][0]),
            "I_left": inbox_of(hosts, tag),
            "C_host_not_told": int(host.rows("SELECT count(*) FROM host_effect")[0][0])}


def send_now(host, admin, tag):
    """An admin sends what only waits its minute after a failure; what waits for longer shall be seen."""
    now = time.time_ns() // 1000
    for message, in host.rows("SELECT id FROM feedback_message WHERE status = 'waiting' AND attempts > 0 AND "
                              f"next_attempt_at BETWEEN {now} AND {now + 300_000_000} AND external_id LIKE '{tag}-%'"):
        admin.act("leads.feedback_log", "resend", message=message)


def settle(host, hosts, tag, longest):
    """Until everything is out; what is left then."""
    begun, left, admin = time.monotonic(), {}, Person(host, "admin")
    while time.monotonic() - begun < longest:
        with contextlib.suppress(RuntimeError, sqlite3.Error, *LOST):
            left = left_over(host, hosts, tag)
            if not any(left.values()):
                break
            if left["F_waiting"]:
                send_now(host, admin, tag)
        time.sleep(0.5)
    return {name: [count] for name, count in left.items() if count}


def leads(found, ledger, there):
    for one, number in ledger.leads.items():
        if one not in there:
            found["L_lost"].append(one)
        elif int(there[one][2]) != number:
            found["L_other_number"].append((one, number, there[one]))
    for one, row in there.items():
        if row[1] != "1":
            found["L_double"].append(row)
        if one not in ledger.sent:
            found["L_invented"].append(one)
    found["L_other_number"] += ledger.other_numbers


def files(found, ledger, there):
    for (folder, name), ids in ledger.files.items():
        stem, inbox = pathlib.Path(name).stem, pathlib.Path(folder) / "inbox" / SOURCE
        names = [f"{stem}.xml", *(f"{stem}-{again}.xml" for again in range(2, 5))]
        at = [inner for inner in ("done", "quarantine") for one in names if (inbox / inner / one).exists()]
        if len(at) != 1:
            found["I_file"].append((name, at))
        elif at == ["done"]:
            found["I_lost"] += [one for one in ids if one not in there]
        else:
            found["I_quarantined"].append(name)


def versions(found, events, there_by_number):
    for lead, all_of in events.items():
        own = [version for version, kind, _ in all_of if kind not in BESIDE]
        if own != sorted(set(own)):
            found["V_double"].append((lead, all_of))
        last = max(version for version, _, _ in all_of)
        if int(there_by_number[lead][3]) != last:
            found["V_end"].append((lead, there_by_number[lead][3], last))
        if own and set(range(1, own[-1] + 1)) - {version for version, _, _ in all_of}:
            found["V_gap"].append((lead, all_of))


def actions(found, ledger, events):
    done, unknown = collections.Counter(), collections.Counter()
    for lead, action, version, acknowledged in ledger.actions:
        (done if acknowledged else unknown)[lead, action] += 1
        if acknowledged and not any(one == version and kind in KINDS[action] for one, kind, _ in events[lead]):
            found["A_lost"].append((lead, action, version))
    for (lead, action), count in done.items():
        there = sum(kind in KINDS[action][:1] for _, kind, _ in events[lead])
        if there > count + unknown[lead, action]:
            found["A_doubled"].append((lead, action, count, unknown[lead, action], there))
    for lead, action, base in ledger.denied:
        stored = any(version == base + 1 and kind in KINDS[action] for version, kind, _ in events[lead])
        if stored and not any(one[:3] == (lead, action, base + 1) and one[3] for one in ledger.actions):
            found["A_said_nothing_stored_but_was"].append((lead, action, base))


def feedback(found, ledger, messages, tag):
    ours = {one[0] for one in messages}
    got = [one for one in list(ledger.received) if one[1].startswith(tag + "-")]
    taken = {one[0] for one in got}
    for one in messages:
        if one[3] == "acknowledged" and one[0] not in taken:
            found["F_missing"].append(one)
        if one[3] not in ("acknowledged", "waiting"):
            found["F_given_up"].append(one)
    found["F_invented"] += [one for one in got if one[0] not in ours]
    order, wanted = collections.defaultdict(list), collections.defaultdict(list)
    for message, lead in got:
        if message not in order[lead]:
            order[lead].append(message)
    for one in messages:
        wanted[one[2]].append(one[0])
    for lead, ids in order.items():
        if ids != [one for one in wanted[lead] if one in ids]:
            found["F_order"].append((lead, ids))


def changes(found, events, messages):
    """One message for each change of state; a repeated assignment has one of its own or none."""
    count = collections.Counter(one[1] for one in messages)
    for lead, all_of in events.items():
        of_state = [kind for _, kind, data in all_of if kind in ("received", "assigned", "progress", "closed",
                                                                "reopened") and '"again"' not in data]
        least = len(of_state) - max(of_state.count("assigned") - 1, 0)
        if not least <= count[lead] <= len(of_state):
            found["F_count"].append((lead, count[lead], least, of_state))


def customers(found, host, tag):
    """The lead's customer is its person, and nobody else has his address."""
    pattern = f"{tag.lower()}-%@example.at"
    found["C_double_customer"] += host.records("SELECT email, count(*) FROM customers WHERE lower(email) LIKE "
                                               f"'{pattern}' GROUP BY email HAVING count(*) > 1")
    mail = dict(host.records(f"SELECT id, lower(email) FROM customers WHERE lower(email) LIKE '{pattern}'"))
    for one, customer in host.rows("SELECT external_id, customer FROM lead WHERE customer <> '' AND external_id LIKE "
                                   f"'{tag}-%'"):
        if mail.get(customer) != f"{one.lower()}@example.at":
            found["C_wrong_customer"].append((one, customer, mail.get(customer)))


def contacts(found, events, host, tag):
    """Each planned contact is in myKontakte once, and each lead that somebody works on stands there as his."""
    keys = collections.defaultdict(set)
    for key, in host.records("SELECT key FROM idempotency WHERE kind = 'contact'"):
        # An entry that takes over another one's place names that as well.
        if part := re.fullmatch(r"lead_system/lead:(\d+):(\w+):(\d+)(?::(\d+))?", key):
            keys[int(part[1])].add((part[2], int(part[3]), part[4]))
    entries, standing = collections.Counter(), collections.defaultdict(set)
    for reference, user, done in host.records('SELECT reference, "user", done_us FROM contacts'):
        entries[reference] += 1
        if done == "0":
            standing[reference].add(user)
    for lead, all_of in events.items():
        end = max((version for version, kind, _ in all_of if kind == "closed"), default=0)
        # What a lead's end overtook need not be told.
        wanted = {("contact", version, None) for version, kind, _ in all_of if kind == "contact_planned"
                  and version > end}
        if wanted - keys[lead]:
            found["C_contact_missing"].append((lead, wanted - keys[lead]))
        if entries[f"lead:{lead}"] != len(keys[lead]):
            found["C_contact_count"].append((lead, entries[f"lead:{lead}"], sorted(keys[lead], key=str)))
    for lead, assignee, is_open in host.rows("SELECT id, assignee, is_open FROM lead WHERE external_id LIKE "
                                             f"'{tag}-%'"):
        wanted = {assignee} - {""} if is_open == "1" else set()
        if standing[f"lead:{lead}"] != wanted:
            found["C_not_in_contacts"].append((lead, wanted, standing[f"lead:{lead}"]))


def audit(found, events, host):
    """What happened to a lead stands in the audit log; written before it is done, so a try may stand there besides."""
    lines = collections.Counter()
    for subject, action in host.records("SELECT subject, detail FROM audit WHERE action = 'screen.action' AND subject "
                                        "LIKE 'leads.lead %'"):
        lines[int(subject.split()[1]), action] += 1
    for lead, all_of in events.items():
        for action, kinds in KINDS.items():
            done = sum(kind == kinds[0] for _, kind, _ in all_of)
            if lines[lead, action] < done:
                found["P_missing"].append((lead, action, done, lines[lead, action]))


def check(ledger, host, hosts, tag="REL", longest=180):
    """Problems by name. Of hosts that are one dealership any may be asked."""
    found = collections.defaultdict(list, settle(host, hosts, tag, longest))
    all_leads = host.rows("SELECT external_id, count(*), min(id), min(version) FROM lead WHERE external_id LIKE "
                          f"'{tag}-%' GROUP BY external_id")
    there = {row[0]: row for row in all_leads}
    events = collections.defaultdict(list)
    for lead, version, kind, data in host.rows(
            "SELECT e.lead_id, e.lead_version, e.kind, e.data FROM lead_event e JOIN lead l ON l.id = e.lead_id WHERE "
            f"l.external_id LIKE '{tag}-%' ORDER BY e.lead_id, e.id"):
        events[int(lead)].append((int(version), kind, data))
    messages = [(one[0], int(one[1]), *one[2:]) for one in host.rows(
        "SELECT message_id, lead_id, external_id, status FROM feedback_message WHERE external_id LIKE "
        f"'{tag}-%' ORDER BY id")]
    leads(found, ledger, there)
    files(found, ledger, there)
    versions(found, events, {int(row[2]): row for row in all_leads})
    actions(found, ledger, events)
    feedback(found, ledger, messages, tag)
    changes(found, events, messages)
    customers(found, host, tag)
    contacts(found, events, host, tag)
    audit(found, events, host)
    return {name: ones for name, ones in found.items() if ones}
