"""One day of a lead in a host that is not ours; every host of these examples does the same and says the same.

    scenario.py MANIFEST.json PAYLOAD FOLDER            FOLDER is the plugin's own and is empty
    scenario.py MANIFEST.json STEPS.steps FOLDER        any plugin, by steps as in visit_of_the_probe.steps
"""
import json
import pathlib
import sys

from host import Failed, Host
from dms import word_of

DEALERSHIP = pathlib.Path(__file__).parent.parent / "dealership.json"


def table_of(document):
    return next((block for block in document["blocks"] if block["type"] == "table"), {"rows": []})


def work(host, id):
    """The lead from hand to hand, each step on the version that the one before made."""
    def step(user, action, request="", **given):
        seen = host.load(user, "leads.lead", {"id": id})
        return host.act(user, "leads.lead", action, {"id": id, "version": str(seen["version"]), **given}, request)
    version = str(host.load("leitung", "leads.lead", {"id": id})["version"])
    assign = {"id": id, "version": version, "user": "verkauf1"}
    print("assign:", host.act("leitung", "leads.lead", "assign", assign, "request-1")[0])
    print("the same request again:", host.act("leitung", "leads.lead", "assign", assign, "request-1")[0])
    print("another one on the old version:", host.act("leitung", "leads.lead", "assign", assign, "request-2")[0])
    status, result = step("verkauf1", "import")
    print("import:", status, "customer", result.get("customer"))
    print("contact_result:", step("verkauf1", "contact_result", result="reached", comment="Grüße")[0])
    print("close:", step("verkauf1", "close", reason="sale", state="won")[0])


def take(host, kind, *words):
    """One step, and how it ended."""
    try:
        if kind == "load":
            host.load(words[0], words[1], json.loads(words[2]))
        elif kind == "act":
            return host.act(words[0], words[1], words[2], json.loads(words[3]), words[4])[0]
        elif kind == "take_in":
            host.take_in(words[0], words[1].encode())
        elif kind == "jobs":
            return "failed" if host.run_jobs() else "ok"
        else:
            return host.set_active(words[0], kind == "activate")
    except Failed as reason:
        return word_of(reason.status)
    return "ok"


def visit(host, steps):
    for line in pathlib.Path(steps).read_text().splitlines():
        words = line.split("\t")
        print(f"{words[0]}:", take(host, *words))


def day(host, payload):
    print("menus:", " ".join(sorted({entry["path"] for entry in host.menu.values()})))
    for occasion in ("taken in:", "taken in again:"):
        report = host.take_in("siebel_nissan", pathlib.Path(payload).read_bytes(), "leads.xml")
        print(occasion, *(f"{name} {report[name]}" for name in ("accepted", "repeated", "quarantined")))
    print("seen before anybody may:", len(table_of(host.load("leitung", "leads.overview", {"tab": "all"}))["rows"]))
    grant = {"user": "leitung", "category": "siebel_nissan", "scope": "all"}
    print("grant:", host.act("admin", "leads.settings", "grant", grant)[0])
    rows = table_of(host.load("leitung", "leads.overview", {"tab": "all"}))["rows"]
    print("overview:", len(rows))
    work(host, rows[0]["id"])
    print("jobs that failed:", len(host.run_jobs()))
    print("customers:", len(host.data["customers"]), "contacts:", len(host.data["contacts"]))
    feedback = table_of(host.load("admin", "leads.feedback_log"))["rows"]
    print("feedback:", len(feedback) > 0)


def main(manifest, what, folder):
    host = Host(folder, json.loads(DEALERSHIP.read_text()))
    print("plugin:", host.start(manifest)["id"])
    visit(host, what) if what.endswith(".steps") else day(host, what)
    host.stop()
    print("stopped")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
