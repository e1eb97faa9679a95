"""Runs the comparison on a loop whose clock jumps to the next timer: seconds cost nothing.

What keeps the loop's own thread busy moves the clock as well, and is noted. Work in other threads
is waited for, and takes no time of this clock.
"""

import asyncio
import concurrent.futures.thread  # noqa: F401 - warm
import queue  # noqa: F401 - warm
import selectors
import threading
import time

DAY = 86_400.0
UNPACKING = 0.06
here = threading.get_ident()
select = selectors.DefaultSelector


class Jumping(select):
    """Never sleeps until a timer: it puts the clock forward to it."""

    def select(self, timeout=None):
        events = super().select(0)
        if events or (timeout is not None and timeout <= 0):
            return events
        if loop.threads or timeout is None:
            # A thread comes back, or nothing ever will.
            if not (events := super().select(4)):
                raise RuntimeError("prices() waits for something that never comes")
            return events
        loop.now += timeout
        return []


class Loop(asyncio.SelectorEventLoop):
    """A loop with a clock of its own."""

    def __init__(self):
        self.now, self.threads, self.held = 1000.0, 0, []
        super().__init__(Jumping())

    def time(self):
        return self.now

    def run_in_executor(self, executor, func, *args):
        future = super().run_in_executor(executor, func, *args)
        self.threads += 1
        future.add_done_callback(self.came_back)
        return future

    def came_back(self, future):
        self.threads -= 1

    def hold(self, seconds):
        """Be busy so long: in the loop's own thread nothing else can run meanwhile."""
        if threading.get_ident() == here:
            self.now += seconds
            self.held.append(seconds)


loop = Loop()


class World:
    """The suppliers: what they say after how many seconds, and what they were asked."""

    def __init__(self, suppliers):
        self.suppliers = {name: (seconds, price) for name, seconds, price in suppliers}
        self.asked, self.answered, self.cut = [], [], []
        self.running = self.peak = self.unpacked = 0

    async def ask(self, name):
        seconds, price = self.suppliers[name]
        self.asked.append(name)
        self.running += 1
        self.peak = max(self.peak, self.running)
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            self.cut.append(name)
            raise
        finally:
            self.running -= 1
        self.answered.append(name)
        if price is None:
            from shop.suppliers import NoAnswer

            raise NoAnswer(name)
        return f"{name}:{price}"

    def unpack(self, answer):
        self.unpacked += 1
        loop.hold(UNPACKING)
        return int(answer.rpartition(":")[2])


world = World([])


def load():
    asyncio.set_event_loop(loop)
    time.sleep = loop.hold
    loop.run_until_complete(asyncio.to_thread(int))
    from shop import suppliers

    async def ask(supplier):
        """The answer of one supplier, as it is sent. Raises NoAnswer."""
        return await world.ask(supplier)

    suppliers.ask = ask
    suppliers.unpack = lambda answer: world.unpack(answer)
    import shop.compare  # noqa: F401


def begun(suppliers):
    global world
    from shop.compare import prices

    world = World(suppliers)
    loop.held.clear()
    return loop.create_task(prices([name for name, _, _ in suppliers]))


def left():
    """Tasks that are still there; they are cancelled."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks, timeout=DAY))
    return len(tasks)


def compared(suppliers):
    """The answer for these suppliers, (name, seconds, price or None), and what it took."""
    began = loop.time()
    found = loop.run_until_complete(begun(suppliers))
    took = loop.time() - began
    plain = [each if each is None or type(each) is int else repr(each) for each in found]
    return {
        "prices": plain,
        "seconds": round(took - sum(loop.held), 3),
        "peak": world.peak,
        "asked": len(world.asked),
        "unpacked": world.unpacked,
        "longest": max(loop.held, default=0.0),
        "left": left(),
    }


def cancelled(suppliers, after):
    """What happens when whoever asked goes away after so many seconds."""
    task = begun(suppliers)

    async def leave():
        await asyncio.sleep(after)
        before = len(world.asked), len(world.answered), world.running
        task.cancel()
        ended, _ = await asyncio.wait([task], timeout=DAY)
        running = world.running
        await asyncio.sleep(DAY)
        return {
            "running": before[2],
            "ended": "not at all" if not ended else "cancelled" if task.cancelled() else "normally",
            "asked_after": len(world.asked) - before[0],
            "answered_after": len(world.answered) - before[1],
            "still_running": running,
        }

    return loop.run_until_complete(leave()) | {"left": left()}
