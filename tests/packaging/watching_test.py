"""What machines watch: health, numbers, alerts; and what an admin asks first: doctor."""
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import unittest

from host import Host, ROOT, eventually, lead

MONITORING = ROOT / "packaging/monitoring"
TOKEN = "watcher-of-numbers"
SAMPLE_LINE = re.compile(r'^[a-z_]+(\{[a-z_]+="(?:[^"\\]|\\.)*"(,[a-z_]+="(?:[^"\\]|\\.)*")*\})? -?[0-9.e+-]+$')


class Watching(unittest.TestCase):
    def setUp(self):
        self.host = Host()
        self.addCleanup(self.host.close)

    def watch(self, token=TOKEN):
        return self.host.ask("GET", "/metrics", headers={"Authorization": f"Bearer {token}"})

    def serve_watched(self):
        (self.host.folder / "token").write_text(TOKEN + "\n")
        self.host.on_data("plugin", "enable", "lead_system")
        self.host.serve(f'metrics-token-file "{self.host.folder}/token"')

    def value(self, text, name, **labels):
        for line in text.splitlines():
            if re.match(rf"{name}(\{{|\ )", line) and all(f'{key}="{value}"' in line for key, value in labels.items()):
                return float(line.rsplit(" ", 1)[1])
        return None

    def test_live_and_ready(self):
        self.host.serve()
        self.assertEqual(json.loads(self.host.ask("GET", "/health/live")[1]), {"status": "ok"})
        status, said, _ = self.host.ask("GET", "/health/ready")
        self.assertEqual((status, json.loads(said)["status"]), (200, "ok"))

    def test_there_are_no_numbers_unless_asked_for_and_for_nobody_without_the_token(self):
        self.host.serve()
        self.assertEqual(self.watch()[0], 404)
        self.host.process.terminate()
        self.host.process.wait(30)
        self.serve_watched()
        self.assertEqual(self.host.ask("GET", "/metrics")[0], 401)
        self.assertEqual(self.watch("watcher")[0], 401)
        self.assertEqual(self.watch("")[0], 401)
        self.assertEqual(self.watch()[0], 200)

    def test_the_numbers_tell_what_came_and_how_it_stands_and_no_name(self):
        self.serve_watched()
        token = self.host.token("*")
        before = self.watch()[1]
        self.assertIsNone(self.value(before, "dms_intake_items_total"))
        for number in range(3):
            self.assertEqual(self.host.post("web_json", token, lead(number))[0], 200)
        self.assertEqual(self.host.post("web_json", token, lead(0))[0], 200)
        self.host.post("web_json", token, "{}")
        status, text, headers = self.watch()
        self.assertEqual(status, 200)
        self.assertTrue(headers["Content-Type"].startswith("text/plain; version=0.0.4"))
        for line in text.splitlines():
            self.assertTrue(line.startswith("# ") or SAMPLE_LINE.match(line), line)
        self.assertEqual(self.value(text, "dms_intake_items_total", source="web_json", outcome="accepted"), 3)
        self.assertEqual(self.value(text, "dms_intake_items_total", source="web_json", outcome="repeated"), 1)
        self.assertEqual(self.value(text, "dms_intake_items_total", source="web_json", outcome="quarantined"), 1)
        self.assertEqual(self.value(text, "lead_system_leads_open"), 3)
        self.assertEqual(self.value(text, "lead_system_leads_uncovered"), 3)  # nobody has a grant yet
        self.assertEqual(self.value(text, "lead_system_quarantined"), 1)
        self.assertEqual(self.value(text, "lead_system_feedback_messages", status="waiting"), 0)
        self.assertEqual(self.value(text, "lead_system_first_response_seconds_count"), 0)
        self.assertEqual(self.value(text, "dms_store_up"), 1)
        self.assertEqual(self.value(text, "dms_plugin_enabled", plugin="lead_system"), 1)
        self.assertGreater(self.value(text, "dms_http_request_seconds_count", kind="intake", status="2xx"), 0)
        eventually("a job has run", lambda: (self.value(self.watch()[1], "dms_job_seconds_count") or 0) >= 1)
        for word in ("Petra", "Probe", "example.at"):
            self.assertNotIn(word, text)
        promtool = shutil.which("promtool") or os.environ.get("PROMTOOL")
        if promtool:
            checked = subprocess.run([promtool, "check", "metrics"], input=text, capture_output=True, text=True)
            self.assertEqual(checked.returncode, 0, checked.stderr)

    def test_the_alerts_ask_for_numbers_that_there_are(self):
        self.serve_watched()
        token = self.host.token("*")
        self.host.post("web_json", token, lead(1))
        self.host.post("web_json", token, lead(2))
        told = set(re.findall(r"^# TYPE (\S+) \S+$", self.watch()[1], re.M))
        rules = (MONITORING / "lead-system.rules.yml").read_text()
        panels = json.loads((MONITORING / "grafana.json").read_text())["panels"]
        asked = " ".join(re.findall(r"expr: (.*)", rules) + [target["expr"] for panel in panels
                                                             for target in panel["targets"]])
        for name in set(re.findall(r"\b(?:dms|lead_system)_[a-z_]+\b", asked)):
            self.assertIn(re.sub(r"_(bucket|sum|count)$", "", name), told)

    def test_the_alerts_say_what_they_shall(self):
        promtool = shutil.which("promtool") or os.environ.get("PROMTOOL")
        self.assertTrue(promtool, "promtool (package prometheus) is missing; PROMTOOL may name it")
        for words in (["check", "rules", "lead-system.rules.yml"], ["test", "rules", "lead-system.rules.test.yml"]):
            done = subprocess.run([promtool, *words], cwd=MONITORING, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    # --- doctor ---
    def doctor(self, *words):
        done = self.host.on_data("doctor", "--locale", "en", *words, check=False)
        return done.returncode, done.stdout

    def test_doctor_says_what_is_well_and_what_to_do(self):
        self.host.on_data("plugin", "enable", "lead_system")
        self.host.serve()
        code, said = self.doctor("--config", str(self.host.settings))
        self.assertEqual(code, 1)
        self.assertIn("BAD   People: Nobody can sign in as an administrator: dms_host user add", said)
        self.host.on_data("user", "add", "chef", "--name", "Clara Chef", "--role", "admin", "--password-file", "-",
                          text="password-of-chef\n")
        _, said = self.doctor("--config", str(self.host.settings))
        for line in (f"ok    Settings: {self.host.settings}", f"ok    Files: {self.host.data}",
                     "ok    Service: It serves.", "ok    People: 1 can sign in, 1 of them as administrator.",
                     "ok    Lead database: "):
            self.assertIn(line, said)
        self.assertRegex(said, r"ok    Database: ")
        self.assertRegex(said, r"ok    Disk: \d+ MiB")

    def test_doctor_finds_an_open_directory_a_disabled_plugin_and_a_receiver_that_is_away(self):
        self.host.on_data("plugin", "list")
        os.chmod(self.host.data, 0o755)
        code, said = self.doctor()
        self.assertEqual(code, 1)
        self.assertIn("Everybody on this machine can get into", said)
        os.chmod(self.host.data, 0o700)
        code, said = self.doctor()
        self.assertIn("disabled; dms_host plugin enable lead_system enables it.", said)
        self.host.on_data("plugin", "enable", "lead_system")
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen()
            there = listening.getsockname()[1]
            self.host.on_data("plugin", "set", "lead_system", "smtp.url", text=f"smtp://127.0.0.1:{there}\n")
            self.assertIn(f"ok    smtp.url: 127.0.0.1:{there}", self.doctor()[1])
        code, said = self.doctor()
        self.assertEqual(code, 1)
        self.assertIn(f"BAD   smtp.url: 127.0.0.1:{there} cannot be reached from here", said)

    def test_doctor_without_a_data_directory_says_so(self):
        code, said = self.doctor()
        self.assertEqual(code, 1)
        self.assertIn("There is no data directory", said)
        self.assertFalse(pathlib.Path(self.host.data).exists())


if __name__ == "__main__":
    unittest.main(verbosity=2)
