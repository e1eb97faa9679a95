"""POST /orders/<number>/pay: charges the customer and answers with the charge."""

import json
import os
import re
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
    server.serve_forever()


if __name__ == "__main__":
    main()
