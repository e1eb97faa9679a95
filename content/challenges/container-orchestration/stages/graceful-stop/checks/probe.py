"""Runs the entrypoint as a container would, signals it, and is its customers and its bank."""

import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

STARTS = 10.0
"""Seconds in which a server has to listen."""
SETTLES = 0.2
"""Seconds before and after the signal in which nobody connects.

A thread that starts in that moment would take the signal, and a main thread that waits without
an end would never hear of it.
"""
DRAINS = 3.0
"""Seconds in which the door has to be shut."""


class Container:
    """One run of `sh entrypoint.sh` in a session of its own."""

    def __init__(self):
        self.bank = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.bank.settimeout(STARTS)
        self.customers, self.waiting = [], []
        for _ in range(3):  # the port may be taken between the choice and its use
            self.port = _free_port()
            self.process = self._started()
            if self._listens():
                return
            if self.process.poll() is None:
                break
            self.heard()
            said = self.printed.decode("utf-8", "replace")
        else:
            self.end()
            raise RuntimeError(f"the entrypoint ended before it answered: {said.strip()[-300:]}")
        self.end()
        raise RuntimeError(f"nothing answers on PORT after {STARTS:g} s")

    def _started(self):
        folder = os.path.dirname(sys.executable)
        self.printed = b""
        process = subprocess.Popen(
            ["sh", "entrypoint.sh"],
            env={
                **os.environ,
                "PATH": f"{folder}:{os.environ['PATH']}",
                "PORT": str(self.port),
                "BANK": f"127.0.0.1:{self.bank.getsockname()[1]}",
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONUNBUFFERED": "1",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        os.set_blocking(process.stdout.fileno(), False)
        return process

    def _listens(self):
        until = time.monotonic() + STARTS
        while time.monotonic() < until and self.process.poll() is None:
            if self.door() == "open":
                return self._answers()
            time.sleep(0.01)
        return False

    def _answers(self):
        """Whether it has come as far as its loop: with the socket alone it is not ready."""
        with contextlib.suppress(OSError):
            address = ("127.0.0.1", self.port)
            with socket.create_connection(address, timeout=STARTS) as customer:
                customer.sendall(b"GET / HTTP/1.0\r\n\r\n")
                return bool(_all_of(customer))
        return False

    def door(self):
        """What a new customer meets: `open`, `shut`, or a connection that `hangs`."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=0.5).close()
        except TimeoutError:
            return "hangs"  # the backlog is full
        except OSError:
            return "shut"
        return "open"

    def order(self, number):
        """Send one payment; it then waits for the bank."""
        customer = socket.create_connection(("127.0.0.1", self.port), timeout=STARTS)
        customer.sendall(f"POST /orders/{number}/pay HTTP/1.0\r\n\r\n".encode())
        self.customers.append(customer)
        connection, _ = self.bank.accept()
        connection.settimeout(STARTS)
        asked = connection.makefile().readline().split()
        self.waiting.append((connection, asked))

    def answer(self):
        """The bank answers all that wait; what each customer received."""
        for connection, asked in self.waiting:
            with contextlib.suppress(OSError), connection:
                connection.sendall(f"charge-{asked[0]}\n".encode())
        received = []
        for customer in self.customers:
            with customer:
                received.append(_all_of(customer).decode("utf-8", "replace"))
        return received

    def exit_code(self, seconds):
        """What it ended with, or None."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def goes_on(self):
        """Whether a process still holds its output a second after it ended."""
        until = time.monotonic() + 1
        while time.monotonic() < until:
            if self.heard():
                return False
            time.sleep(0.01)
        return True

    def heard(self):
        """Keep what it printed; True at the end of it."""
        while True:
            try:
                chunk = os.read(self.process.stdout.fileno(), 64 * 1024)
            except BlockingIOError:
                return False
            if not chunk:
                return True
            self.printed = (self.printed + chunk)[-4000:]

    def end(self):
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.heard()
        self.process.stdout.close()
        self.bank.close()


def load():
    if not Path("entrypoint.sh").is_file():
        raise FileNotFoundError(errno.ENOENT, "there is no entrypoint.sh")


def stop(orders, wait):
    """What a stop comes to while these orders wait for the bank."""
    container = Container()
    try:
        for number in orders:
            container.order(number)
        time.sleep(SETTLES)
        os.kill(container.process.pid, signal.SIGTERM)
        time.sleep(SETTLES)
        until = time.monotonic() + DRAINS
        taken = bool(orders)
        while taken and time.monotonic() < until:
            taken = container.door() != "shut"
            time.sleep(0.02)
        answers = container.answer()
        code = container.exit_code(wait)
        return {
            "code": code,
            "goes_on": code is not None and container.goes_on(),
            "open": container.door() != "shut",
            "taken": taken,
            "answers": answers,
        }
    finally:
        container.end()
        print(container.printed.decode("utf-8", "replace"), end="")


def stops(runs, wait):
    """`stop` for each of these lists of orders, all at once."""
    found = [None] * len(runs)

    def one(place):
        try:
            found[place] = stop(runs[place], wait)
        except (OSError, RuntimeError) as error:
            found[place] = {"error": f"{error}"}

    threads = [threading.Thread(target=one, args=[place]) for place in range(len(runs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _all_of(customer):
    """What arrives until the end, or until the connection breaks."""
    text = b""
    with contextlib.suppress(OSError):
        while chunk := customer.recv(64 * 1024):
            text += chunk
    return text


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]
