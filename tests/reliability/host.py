"""A real dms_host with a demo dealership, and people and programs that speak to it."""
import contextlib
import glob
import http.client
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import time
import urllib.parse

from postgresql import free_port

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("DMS_HOST", str(ROOT / "build/release/bin/dms_host"))
SOURCE, DATABASE = "siebel_nissan", "leads"
LOST = (OSError, http.client.HTTPException)


class Host:
    """One data directory and the process that serves it."""

    def __init__(self, folder, template=None, limits=()):
        self.data, self.port = pathlib.Path(folder), free_port()
        self.server, self.database = None, DATABASE  # with no server: files
        self.limits, self.process = list(limits), None
        self.log = pathlib.Path(f"{folder}.log")
        self.environment = dict(os.environ, DMS_DEMO_PASSWORD="demo")
        if template and not self.data.exists():
            shutil.copytree(template, self.data)

    def set_clock(self, ahead):
        """Its clock is that many seconds ahead of the true one, also while it runs; what counts durations stays true.
        The first time before it is started."""
        file = pathlib.Path(f"{self.data}.clock")
        file.with_suffix(".new").write_text(f"{ahead:+d}s\n")
        file.with_suffix(".new").rename(file)
        self.environment.update(
            LD_PRELOAD=glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")[0], FAKETIME_TIMESTAMP_FILE=str(file),
            FAKETIME_DONT_FAKE_MONOTONIC="1", FAKETIME_CACHE_DURATION="1", FAKETIME_DONT_RESET="1")

    def make_demo(self):
        self.must("demo", "--no-serve")

    def move_into(self, server):
        self.must("database", "move", "--database", server.url(DATABASE))
        self.server = server

    def use(self, database):
        """The same dealership by another address, as a relay or a standby has; or a copy of it somewhere else."""
        (self.data / "database").write_text(database + "\n")

    def run(self, *arguments, **how):
        return subprocess.run([PROGRAM, *arguments, "--data", str(self.data), "--locale", "en"], capture_output=True,
                              text=True, env=self.environment, **how)

    def must(self, *arguments):
        done = self.run(*arguments)
        if done.returncode:
            raise RuntimeError(f"{arguments[0]}: {done.stderr.strip()}")
        return done.stdout

    def start(self, wait=60, answers=(200,)):
        command = [*self.limits, PROGRAM, "serve", "--data", str(self.data), "--listen", f"127.0.0.1:{self.port}",
                   "--locale", "en"]
        with open(self.log, "a") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out, env=self.environment)
        begun = time.monotonic()
        while wait and time.monotonic() - begun < wait:
            if self.process.poll() is not None:
                raise RuntimeError(f"The host ended with {self.process.returncode}: {self.tail()}")
            with contextlib.suppress(*LOST):
                if self.health() in answers:
                    return self
            time.sleep(0.05)
        if wait:
            raise RuntimeError(f"The host does not answer: {self.tail()}")
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self, longest=60):
        """How long it took to end; it is killed, and that is an error, where it does not."""
        begun = time.monotonic()
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(longest)
            except subprocess.TimeoutExpired:
                self.kill()
                raise RuntimeError(f"The host does not end within {longest} s.") from None
        return time.monotonic() - begun

    def ask(self, method, path, body=None, headers=None, timeout=30):
        """Status, headers and body of one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode(errors="replace")
        finally:
            connection.close()

    def health(self, timeout=5):
        return self.ask("GET", "/health", timeout=timeout)[0]

    def token(self):
        return self.must("intake", "token", "add", "*").split()[-1]

    def post(self, token, ids, timeout=60):
        """Sends one payload; status, headers and what the answer holds."""
        status, headers, text = self.ask("POST", f"/intake/{SOURCE}", payload(ids), {
            "Authorization": "Bearer " + token, "Content-Type": "application/xml"}, timeout)
        return status, headers, json.loads(text)

    def rows(self, sql, schema="lead_system", file="plugins/lead_system/lead_system.db"):
        """What is stored of the leads, read beside the host."""
        if self.server:
            return self.server.rows(f"SET search_path = {schema}; {sql}", self.database)
        with contextlib.closing(sqlite3.connect(f"file:{self.data}/{file}?mode=ro", uri=True, timeout=20)) as one:
            return [["" if value is None else str(value) for value in row] for row in one.execute(sql)]

    def records(self, sql):
        """The same of customers, contacts and the audit log."""
        return self.rows(sql, "dms_host", "host.db")

    def tail(self, lines=5):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    def complaints(self):
        """How many lines of its log are warnings or errors."""
        return sum(" warning " in line or " error " in line for line in self.log.read_text().splitlines())


class Person:
    """Somebody who is signed in; signs in again when the session is gone."""

    def __init__(self, host, login, timeout=60):
        self.host, self.login, self.timeout, self.cookie, self.csrf = host, login, timeout, "", ""

    def sign_in(self):
        status, headers, text = self.host.ask(
            "POST", "/login", urllib.parse.urlencode({"user": self.login, "password": "demo"}),
            {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}, self.timeout)
        if status == 200:
            self.csrf = json.loads(text)["csrf"]
            cookies = headers.get_all("Set-Cookie") or []
            self.cookie = next(one.split(";")[0] for one in cookies if one.startswith("dms_session="))
        return status

    def call(self, method, path, body=None, accept="application/json"):
        """Status and document."""
        if not self.cookie and (status := self.sign_in()) != 200:
            return status, {}
        headers = {"Accept": accept, "Cookie": self.cookie}
        if body is not None:
            headers.update({"Content-Type": "application/json", "X-CSRF-Token": self.csrf})
            body = json.dumps(body)
        status, _, text = self.host.ask(method, path, body, headers, self.timeout)
        if status == 401:
            self.cookie = ""
        try:
            return status, json.loads(text)
        except ValueError:
            return status, {"text": text}

    def screen(self, name, **query):
        return self.call("GET", f"/screens/{name}?" + urllib.parse.urlencode(query))

    def act(self, screen, action, **body):
        return self.call("POST", f"/screens/{screen}/actions/{action}", body)

    def version_of(self, lead):
        """Status, and the lead's version and actions."""
        status, document = self.screen("leads.lead", id=lead)
        version = next((one["version"] for one in walk(document) if isinstance(one.get("version"), int)), None)
        return status, version, {one.get("action") for one in document.get("actions", [])}


def walk(node):
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from walk(one)


def payload(ids):
    """Leads as the manufacturer sends them; each of another person."""
    return ("<SiebelMessage><ListOfNeDealerLead>" + "".join(
        f"<NeDealerLead><Id>{one}</Id><LeadType>Test Drive</LeadType><Priority>Normal</Priority>"
        f"<Created>11/29/2026 10:00:00</Created><DealerCode>AT10017</DealerCode><ListOfContact>"
        f'<Contact IsPrimaryMVG="Y"><FirstName>Anna</FirstName><LastName>Probe{one}</LastName>'
        f"<EmailAddress>{one.lower()}@example.at</EmailAddress></Contact></ListOfContact></NeDealerLead>"
        for one in ids) + "</ListOfNeDealerLead></SiebelMessage>").encode()
