"""PostgreSQL servers of the test's own, on loopback, and a relay before one of them."""
import contextlib
import glob
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import threading
import time

TOOLS = pathlib.Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
ACCOUNT = "dms"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def as_server(*command):
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else list(command)


def address(database, *ports, account=ACCOUNT):
    """Of several, as of a primary and its standby: that which writes."""
    hosts = ",".join(f"127.0.0.1:{one}" for one in ports)
    return f"postgresql://{account}@{hosts}/{database}" + ("?target_session_attrs=read-write" if ports[1:] else "")


class Postgresql:
    """One server. Ended by its own process ids alone."""

    def __init__(self, folder):
        self.data, self.port = pathlib.Path(folder), free_port()

    def tool(self, name, *arguments, check=True):
        done = subprocess.run(as_server(str(TOOLS / name), *arguments), capture_output=True, text=True, cwd="/",
                              stdin=subprocess.DEVNULL)
        if check and done.returncode:
            raise RuntimeError(f"{name}: {done.stderr.strip() or done.stdout.strip()}")
        return done

    def make(self):
        self.tool("initdb", "-D", str(self.data), "-A", "trust", "--no-locale", "-E", "UTF8", "-U", "postgres")
        with open(self.data / "postgresql.conf", "a") as settings:
            settings.write("listen_addresses='127.0.0.1'\nunix_socket_directories=''\nmax_connections=120\nfsync=on\n"
                           "wal_level=replica\nmax_wal_senders=5\nhot_standby=on\nwal_receiver_status_interval=1\n"
                           "wal_retrieve_retry_interval=500ms\n")
        return self

    def start(self):
        self.tool("pg_ctl", "-D", str(self.data), "-l", f"{self.data}.log", "-w", "-t", "60", "-o", f"-p {self.port}",
                  "start")
        return self

    def stop(self, mode="fast"):
        self.tool("pg_ctl", "-D", str(self.data), "-m", mode, "-w", "stop", check=False)

    def promote(self):
        self.tool("pg_ctl", "-D", str(self.data), "-w", "promote")

    def processes(self):
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        return [first, *map(int, pathlib.Path(f"/proc/{first}/task/{first}/children").read_text().split())]

    def signal(self, which):
        """SIGKILL: as when the plug is pulled, without losing the disk's cache. SIGSTOP: the machine is frozen."""
        for one in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, which)

    def make_database(self, name):
        """Of an ordinary account, as a host's is."""
        self.rows(f"CREATE DATABASE {name} OWNER {ACCOUNT}")

    def rows(self, sql, database="postgres"):
        done = subprocess.run([str(TOOLS / "psql"), "-XAtq", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", "-c", sql,
                               self.url(database, "postgres")], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr.strip())
        return [line.split("\x1f") for line in done.stdout.splitlines() if line]

    def url(self, database, account=ACCOUNT):
        return address(database, self.port, account=account)

    def standby(self, folder):
        """A synchronous standby of this server, streaming."""
        other = Postgresql(folder)
        self.tool("pg_basebackup", "-d", f"host=127.0.0.1 port={self.port} user=postgres application_name=standby",
                  "-D", str(other.data), "-R", "-X", "stream", "-c", "fast")
        other.start()
        self.rows("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.rows("SELECT pg_reload_conf()")
        for _ in range(300):
            if self.rows("SELECT sync_state FROM pg_stat_replication") == [["sync"]]:
                return other
            time.sleep(0.1)
        raise RuntimeError("The standby does not stream.")


class Relay:
    """Before a server: passes on, or falls silent (takes all and gives nothing, as a frozen machine), or cuts."""

    def __init__(self, port):
        self.target, self.silent, self.delay = port, False, 0.0
        self.pairs, self.lock = set(), threading.Lock()
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.take, daemon=True).start()

    def take(self):
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self.join, args=(client,), daemon=True).start()

    def wait(self):
        while self.silent:
            time.sleep(0.05)

    def join(self, client):
        self.wait()
        try:
            server = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            client.close()
            return
        pair = (client, server)
        with self.lock:
            self.pairs.add(pair)
        for one in pair:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for source, goal in (pair, pair[::-1]):
            threading.Thread(target=self.pass_on, args=(source, goal, pair), daemon=True).start()

    def pass_on(self, source, goal, pair):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self.wait()
                if self.delay:
                    time.sleep(self.delay)
                goal.sendall(data)
        self.end(pair)

    def end(self, pair):
        with self.lock:
            self.pairs.discard(pair)
        for one in pair:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def cut(self):
        with self.lock:
            pairs = list(self.pairs)
        for pair in pairs:
            self.end(pair)


@contextlib.contextmanager
def servers(folder):
    """Makes servers by name in `folder`, and ends them afterwards."""
    root, made = pathlib.Path(folder), []
    root.mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0:
        shutil.chown(root, "postgres")

    def make(name, standby_of=None):
        if standby_of:
            made.append(standby_of.standby(root / name))
        else:
            made.append(Postgresql(root / name).make().start())
            made[-1].rows(f"CREATE ROLE {ACCOUNT} LOGIN")
        return made[-1]

    try:
        yield make
    finally:
        for one in made:
            with contextlib.suppress(OSError, ValueError):
                one.signal(signal.SIGCONT)
            one.stop("immediate")
