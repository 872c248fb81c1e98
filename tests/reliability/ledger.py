"""What was acknowledged to the outside, kept outside of the host: payloads, actions, feedback, files."""
import collections
import copy
import http.server
import re
import socketserver
import threading


class Ledger:
    def __init__(self):
        self.lock = threading.Lock()
        self.sent = set()                      # ids of leads that were ever sent
        self.leads = {}                        # id: the lead's number, as acknowledged
        self.other_numbers = []                # (id, number before, number now)
        self.actions = []                      # (lead, action, version after it or None, acknowledged)
        self.denied = []                       # (lead, action, version before): "nothing was stored", somebody was told
        self.files = {}                        # (host's folder, name): ids in it
        self.received = []                     # (message id, id of the lead) that the manufacturer answered OK
        self.answers = collections.Counter()   # what senders and people saw besides 200

    def copied(self):
        """What is acknowledged now; what comes later changes it no more."""
        other = Ledger()
        with self.lock:
            for name, value in vars(self).items():
                if name != "lock":
                    setattr(other, name, copy.copy(value))
        return other

    def perhaps(self, later):
        """What another knows besides may have happened, or not."""
        self.sent, self.received = later.sent, later.received
        self.actions += [(lead, action, None, False) for lead, action, _, _ in later.actions[len(self.actions):]]

    def send(self, ids):
        with self.lock:
            self.sent.update(ids)

    def acknowledge(self, items):
        with self.lock:
            for item in items:
                if item["outcome"] in ("accepted", "repeated", "updated"):
                    lead = int(item["lead"])
                    before = self.leads.setdefault(item["external_id"], lead)
                    if before != lead:
                        self.other_numbers.append((item["external_id"], before, lead))

    def act(self, lead, action, version, done, said="", base=0):
        with self.lock:
            self.actions.append((lead, action, version, done))
            if re.search(r"nichts gespeichert|nothing was (stored|written|changed)", said):
                self.denied.append((lead, action, base))

    def saw(self, who, what):
        with self.lock:
            self.answers[f"{who}: {what}"] += 1


class Manufacturer:
    """Receives feedback; refuses some of it, and breaks off some answers after having taken the message."""

    def __init__(self, ledger, hostile=0.03):
        lock, count = threading.Lock(), [0]

        class One(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                with lock:
                    count[0] += 1
                    turn = count[0] % round(2 / hostile) if hostile else 1
                if turn == 0:
                    self.send_response(500)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                # Written down before the answer leaves: what was taken counts, whether the answer arrives or not.
                with ledger.lock:
                    ledger.received.append((re.search(r'MessageId="([^"]+)"', body)[1],
                                            re.search(r"<Id>([^<]*)", body)[1]))
                if turn == 2:
                    self.close_connection = True
                    return
                answer = b"<Status>OK</Status>"
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads, request_queue_size = True, 128

            def handle_error(self, *_):
                pass

        server = Server(("127.0.0.1", 0), One)
        self.url = f"http://127.0.0.1:{server.server_port}/status"
        threading.Thread(target=server.serve_forever, daemon=True).start()
