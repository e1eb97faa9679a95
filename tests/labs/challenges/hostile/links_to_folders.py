"""Links to the victim, to the system and to themselves, for whoever removes the run folder."""

import json
import os

victim = json.load(open("around.json"))["victim"]
print("tried", flush=True)
os.symlink(victim, "victim")
os.symlink("/etc", "etc")
os.symlink(".", "here")
os.symlink("loop", "loop")
os.mkfifo("pipe")
os.mkdir("closed")
os.symlink(victim, "closed/victim")
os.chmod("closed", 0)
os.chmod("..", 0)


def total(numbers):
    return 0
