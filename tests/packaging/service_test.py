"""As a service: what the host tells its manager, its settings file, its reload, its log, its manual and completion."""
import json
import os
import re
import socket
import ssl
import subprocess
import threading
import unittest

from host import Host, PROGRAM, eventually, lead


class Service(unittest.TestCase):
    def setUp(self):
        self.host = Host()
        self.addCleanup(self.host.close)

    def with_plugin(self):
        self.host.on_data("plugin", "enable", "lead_system")

    # --- systemd ---
    def test_says_when_it_is_ready_that_it_lives_and_when_it_stops(self):
        self.host.serve(watchdog_s=0.4)
        eventually("it says that it lives", lambda: sum(each == "WATCHDOG=1" for each in self.host.manager.said) >= 3)
        self.assertEqual(self.host.ask("GET", "/health")[0], 200)
        self.host.process.terminate()
        self.assertEqual(self.host.process.wait(30), 0)
        self.assertTrue(self.host.manager.heard("STOPPING=1"))

    def test_speaks_to_a_manager_in_the_abstract_namespace(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.bind("\0dms-test-" + str(os.getpid()))
            line.settimeout(60)
            self.host.write_settings()
            self.host.process = subprocess.Popen(
                [PROGRAM, "serve", "--data", str(self.host.data), "--config", str(self.host.settings)],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={**os.environ, "NOTIFY_SOCKET": "@dms-test-" + str(os.getpid())})
            self.assertIn("READY=1", line.recv(4096).decode())

    # --- settings ---
    def test_a_setting_that_is_none_is_named_with_its_file(self):
        self.host.write_settings("lisen 1")
        refused = self.host.run("serve", "--data", str(self.host.data), "--config", str(self.host.settings), "--locale",
                                "en", check=False)
        self.assertEqual(refused.returncode, 2)
        self.assertIn(f'{self.host.settings}: "lisen" is no setting', refused.stderr)
        self.assertFalse(self.host.data.exists())

    def test_a_file_that_cannot_be_read_is_named(self):
        for text, said in ((None, "cannot be read"), ('listen "127', ":1:"), ("listen { deep 1 }", "")):
            if text is not None:
                self.host.settings.write_text(text)
            refused = self.host.run("serve", "--data", str(self.host.data), "--config", str(self.host.settings),
                                    "--locale", "en", check=False)
            self.assertEqual(refused.returncode, 2, refused.stderr)
            self.assertIn(str(self.host.settings), refused.stderr)
            self.assertIn(said, refused.stderr)

    def test_the_line_counts_before_the_file(self):
        self.host.write_settings('database-file "/nowhere"')
        refused = self.host.run("serve", "--data", str(self.host.data), "--config", str(self.host.settings), "--listen",
                                "nowhere", "--database", "sqlite", "--locale", "en", check=False)
        self.assertIn("127.0.0.1:8080", refused.stderr)  # of --listen; neither "/nowhere" nor a clash of options

    def test_a_credential_is_a_file_that_systemd_gives(self):
        secret = self.host.folder / "dms_database"
        secret.write_text("sqlite\n")
        self.host.serve('database-file "credential:dms_database"', CREDENTIALS_DIRECTORY=str(self.host.folder))
        self.assertEqual(self.host.ask("GET", "/health")[0], 200)
        self.host.process.terminate()
        self.host.process.wait(30)
        environment = {key: value for key, value in os.environ.items() if key != "CREDENTIALS_DIRECTORY"}
        refused = subprocess.run([PROGRAM, "serve", "--data", str(self.host.data), "--config", str(self.host.settings),
                                  "--locale", "en"], capture_output=True, text=True, env=environment)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("names a credential", refused.stderr)

    # --- reload ---
    def test_a_reload_brings_new_definitions_and_loses_no_request(self):
        self.with_plugin()
        token = self.host.token("*")
        self.host.serve()
        stop, answers, faults = threading.Event(), [], []

        def send(sender):
            number = 0
            while not stop.is_set():
                number += 1
                try:
                    status, report = self.host.post("web_json", token, lead(f"{sender}-{number}"))
                    answers.append(status)
                    if report.get("accepted") != 1:
                        faults.append(report)
                except Exception as fault:  # a refused or broken connection is a lost request
                    faults.append(repr(fault))

        senders = [threading.Thread(target=send, args=(sender,)) for sender in range(3)]
        for each in senders:
            each.start()
        eventually("payloads are taken", lambda: len(answers) > 3)
        own = self.host.data / "plugins/lead_system/sources"
        own.mkdir(exist_ok=True)
        own.joinpath("club.info").write_text(CLUB)
        for _ in range(3):
            self.host.reload()
        status, report = self.host.post("club_csv", token, "Member;Name;E-Mail\n1;Rita Rad;rita@example.at\n")
        stop.set()
        for each in senders:
            each.join()
        self.assertEqual((status, report["accepted"]), (200, 1), report)
        self.assertEqual(set(answers), {200})
        self.assertEqual(faults, [])

    def test_a_reload_takes_another_certificate_and_a_name(self):
        def certificate(name):
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                            "-nodes", "-days", "2", "-subj", f"/CN={name}", "-keyout",
                            str(self.host.folder / "key.pem"), "-out", str(self.host.folder / "cert.pem")],
                           check=True, capture_output=True)

        def served_name():
            return ssl.get_server_certificate(("127.0.0.1", self.host.port))

        certificate("first.example")
        tls = [f'tls-certificate "{self.host.folder}/cert.pem"', f'tls-key "{self.host.folder}/key.pem"']
        self.host.scheme = "https"
        self.host.serve(*tls)
        before = served_name()
        self.assertEqual(self.host.ask("GET", "/health", headers={"Host": "dms.example.at"})[0], 421)
        certificate("second.example")
        self.host.write_settings(*tls, "host-name dms.example.at")
        self.host.reload()
        self.assertNotEqual(served_name(), before)
        self.assertEqual(self.host.ask("GET", "/health", headers={"Host": "dms.example.at"})[0], 200)

    def test_a_reload_with_a_fault_in_the_file_changes_nothing(self):
        self.host.serve("host-name dms.example.at")
        for bad in ("lisen 1", 'tls-certificate "/nowhere"', "log-format xml", 'trusted-proxy "nobody"', "{"):
            self.host.write_settings(bad)
            self.host.reload()
            self.assertEqual(self.host.ask("GET", "/health", headers={"Host": "dms.example.at"})[0], 200, bad)
        self.assertEqual(self.host.log().count("not reloaded"), 5)

    # --- log ---
    def test_the_log_as_json_has_the_correlation_and_no_query(self):
        self.with_plugin()
        self.host.serve("log-format json")
        _, _, headers = self.host.ask("GET", "/login?name=Petra%20Probe")
        correlation = headers["X-Correlation-Id"]
        lines = [json.loads(line) for line in self.host.log().splitlines() if line.startswith("{")]
        mine = [line for line in lines if line.get("correlation") == correlation]
        self.assertTrue(mine, self.host.log())
        self.assertEqual(list(mine[-1])[:3], ["time", "level", "message"])
        self.assertRegex(mine[-1]["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertNotIn("Petra", self.host.log())

    # --- manual, completion ---
    def test_every_option_stands_in_the_manual_and_is_completed(self):
        manual = self.host.run("manual", "man").stdout.replace("\\-", "-")
        settings = self.host.run("manual", "settings").stdout.replace("\\-", "-")
        shown = self.host.run("serve", "--help").stdout
        options = set(re.findall(r"--[a-z][a-z-]+", shown))
        self.assertIn("--listen", options)
        for option in options:
            self.assertIn(option, manual)
        for name in ("listen", "tls-certificate", "trusted-proxy", "log-format", "database-file"):
            self.assertIn(f"\\fB{name}\\fR", settings)
        for page in ("man", "settings"):
            for locale in ("de", "en"):
                text = self.host.run("manual", page, "--locale", locale).stdout
                checked = subprocess.run(["man", "--warnings", "-l", "-"], input=text, capture_output=True, text=True,
                                         env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "200"})
                self.assertEqual((checked.returncode, checked.stderr), (0, ""), page)

    def test_bash_completes_commands_and_options(self):
        script = self.host.run("manual", "bash").stdout

        def completed(*words):
            line = " ".join(f"'{word}'" for word in words)
            asked = f"{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _dms_host 2>/dev/null; printf '%s\\n' \"${{COMPREPLY[@]}}\""
            return subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True).stdout.split()

        self.assertEqual(completed("dms_host", "ser"), ["serve"])
        self.assertEqual(completed("dms_host", "intake", "token", "re"), ["revoke"])
        self.assertEqual(completed("dms_host", "serve", "--data", "/srv", "--lis"), ["--listen"])
        self.assertEqual(completed("dms_host", "plugin", "enable", "--pl"), ["--plugins"])

    def test_zsh_can_read_its_completion(self):
        script = self.host.run("manual", "zsh").stdout
        self.assertTrue(script.startswith("#compdef dms_host dms-admin\n"))
        self.assertIn("'intake token') offered='add list revoke", script)


CLUB = """
source club_csv
title "Motoring club"
category siebel_nissan
format csv
zone "Europe/Vienna"
payload
{
  needs "Member"
}
lead
{
  external_id "Member"
}
prospect
{
  full_name "Name"
  email "E-Mail"
}
map type
{
  "*" quote_request
}
match
{
  quote_request email_and_name
}
"""

if __name__ == "__main__":
    unittest.main(verbosity=2)
