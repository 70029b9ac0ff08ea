"""A loopback proxy before the search server, that can refuse, hang, answer 500 or nonsense."""

import socket
import socketserver
import threading
import time
from contextlib import suppress
from urllib.parse import urlsplit

ANSWERS = {
    "error": b"HTTP/1.1 500 Internal Server Error\r\nX-Elastic-Product: Elasticsearch\r\n"
    b'Content-Type: application/json\r\nContent-Length: 15\r\nConnection: close\r\n\r\n{"error":"down"}'[:-1],
    "nonsense": b"HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"
    b"Content-Length: 9\r\nConnection: close\r\n\r\n{nonsense",
    "other": b"HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"
    b'Content-Length: 8\r\nConnection: close\r\n\r\n{"a": 1}',
}
MODES = ("refuse", "hang", *ANSWERS)
SLOW_SECONDS = 0.3


class Proxy(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address):
        parts = urlsplit(address)
        self.target, self.mode = (parts.hostname, parts.port), "pass"
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(socketserver.BaseRequestHandler):
    """Each request is looked at: a connection that was opened in better times meets the trouble too."""

    def handle(self):
        with socket.create_connection(self.server.target) as target:
            threading.Thread(target=self.back, args=(target,), daemon=True).start()
            with suppress(OSError):
                while sent := self.request.recv(65536):
                    if not self.forwarded(sent, target):
                        return

    def forwarded(self, sent, target):
        match self.server.mode:
            case "pass":
                target.sendall(sent)
                return True
            case "slow":
                time.sleep(SLOW_SECONDS)
                target.sendall(sent)
                return True
            case "hang":
                time.sleep(30)
            case "refuse":
                pass
            case mode:
                self.request.sendall(ANSWERS[mode])
        with suppress(OSError):
            self.request.shutdown(socket.SHUT_RDWR)
        return False

    def back(self, target):
        with suppress(OSError):
            while answer := target.recv(65536):
                self.request.sendall(answer)
