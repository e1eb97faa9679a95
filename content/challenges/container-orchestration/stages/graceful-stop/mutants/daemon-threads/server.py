"""POST /orders/<number>/pay: charges the customer and answers with the charge."""

import json
import os
import re
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bank import charge


class Payments(BaseHTTPRequestHandler):
    def do_POST(self):
        found = re.fullmatch(r"/orders/(\d+)/pay", self.path)
        if not found:
            return self.answer(404, {"error": "no such page"})
        order = int(found[1])
        cents = 100 + order % 9000
        self.answer(
            200, {"order": order, "cents": cents, "charge": charge(order, cents)}
        )

    def answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        """No access log: the proxy writes one."""


def main():
    server = ThreadingHTTPServer(("", int(os.environ["PORT"])), Payments)

    def stop(*_):
        # shutdown() waits for the loop that this handler interrupts.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    server.serve_forever(poll_interval=0.1)
    server.server_close()


if __name__ == "__main__":
    main()
