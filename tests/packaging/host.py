"""A real dms_host with a dealership of its own, as a service manager starts it."""
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("DMS_HOST", str(ROOT / "build/release/bin/dms_host"))
SAMPLE = ROOT / "tests/data/samples/web_json"


def eventually(what, check, seconds=60):
    """What `check` answers as soon as it is true; fails after so many seconds."""
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if found := check():
                return found
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(0.05)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Manager:
    """The other end of NOTIFY_SOCKET: keeps what the service says."""

    def __init__(self, folder):
        self.path = str(folder / "notify")
        self.said = []
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.line.bind(self.path)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                self.said.append(self.line.recv(4096).decode())
            except OSError:
                return

    def heard(self, word, after=0):
        return any(word in each for each in self.said[after:])


class Host:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dms-"))
        self.data = self.folder / "data"
        self.settings = self.folder / "host.conf"
        self.log_file = self.folder / "log"
        self.process = None
        self.scheme = "http"
        self.port = free_port()
        self.manager = Manager(self.folder)

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words, check=True, text=None, **environment):
        done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, input=text,
                              env={**os.environ, "LC_ALL": "C.UTF-8", **environment})
        if check and done.returncode != 0:
            raise AssertionError(f"{words}: {done.stdout}{done.stderr}")
        return done

    def on_data(self, *words, **how):
        return self.run(*words, "--data", str(self.data), **how)

    def write_settings(self, *lines):
        self.settings.write_text("\n".join([f'listen "127.0.0.1:{self.port}"', *lines]) + "\n")

    def serve(self, *lines, watchdog_s=60, **environment):
        """Serves with these settings and waits until it says that it does."""
        self.write_settings(*lines)
        before = len(self.manager.said)
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--data", str(self.data), "--config", str(self.settings), "--locale", "en"],
                stdout=log, stderr=log,
                env={**os.environ, "NOTIFY_SOCKET": self.manager.path, "WATCHDOG_USEC": str(int(watchdog_s * 1e6)),
                     **environment})
        eventually("it says READY=1", lambda: self.ended() or self.manager.heard("READY=1", before))

    def ended(self):
        if self.process.poll() is not None:
            raise AssertionError("the host ended: " + self.log())
        return False

    def reload(self):
        before = len(self.manager.said)
        self.process.send_signal(signal.SIGHUP)
        eventually("it is reloaded", lambda: self.ended() or self.manager.heard("READY=1", before))

    def log(self):
        return self.log_file.read_text(errors="replace")

    def connection(self):
        if self.scheme == "http":
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        trust = ssl._create_unverified_context()
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=trust)

    def ask(self, method, path, body=None, headers=None):
        line = self.connection()
        try:
            line.request(method, path, body, headers or {})
            answer = line.getresponse()
            return answer.status, answer.read().decode(), answer.headers
        finally:
            line.close()

    def token(self, source):
        return self.on_data("intake", "token", "add", source).stdout.strip()

    def post(self, source, token, payload, **headers):
        status, text, _ = self.ask("POST", f"/intake/{source}", payload,
                                   {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **headers})
        return status, json.loads(text)


def lead(number, **more):
    return json.dumps({"id": f"L-{number}", "first_name": "Petra", "last_name": "Probe",
                       "email": f"petra{number}@example.at", "message": "Probefahrt", **more})
