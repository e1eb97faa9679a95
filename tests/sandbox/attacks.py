"""What code may try outside its run folder; each succeeds where no rails are up.

The code sees `outside`, a home with a file `secret`; `parent`, and `memory`, where in it the word
`secret` is; `addresses` of the parent's sockets.
"""

from __future__ import annotations

CHECKED = (
    "def checked(result):\n    if result < 0:\n        raise OSError(ctypes.get_errno(), '')\n"
)


FILES = {
    "a new file": "(outside / 'new').write_text('x')",
    "overwriting": "(outside / 'secret').write_text('x')",
    "appending": "open(outside / 'secret', 'a')",
    "reading": "(outside / 'secret').read_text()",
    "listing": "os.listdir(outside)",
    "deleting": "(outside / 'secret').unlink()",
    "a new folder": "(outside / 'new').mkdir()",
    "deleting a folder": "(outside / 'empty').rmdir()",
    "a pipe": "os.mkfifo(outside / 'new')",
    "a symbolic link": "os.symlink('mine', outside / 'new')",
    "moving out": "os.rename('mine', outside / 'new')",
    "moving over": "os.replace('mine', outside / 'secret')",
    "moving in": "os.rename(outside / 'secret', 'here')",
    "moving outside": "os.rename(outside / 'secret', outside / 'new')",
    "linking out": "os.link('mine', outside / 'new')",
    "linking in": "os.link(outside / 'secret', 'here')",
    "a link that leads out": "os.symlink(outside / 'secret', 'link'); open('link', 'r+')",
    "a linked folder": "os.symlink(outside, 'link'); open('link/new', 'w')",
    "its working folder": "os.chdir(outside); open('secret')",
    "dots": "open('../home/secret')",
    "a descriptor": """
found = os.open(outside / 'secret', os.O_PATH)
open(f'/proc/self/fd/{found}')
""",
    "the root of a process": "open(f'/proc/self/root/{outside}/secret')",
    "the folder of the parent": "os.listdir(f'/proc/{parent}/cwd/')",
    "a child": """
if os.fork() == 0:
    try:
        open(outside / 'secret')
    except OSError as error:
        os._exit(error.errno)
    os._exit(0)
failed = os.waitstatus_to_exitcode(os.wait()[1])
if failed:
    raise OSError(failed, '')
""",
    "a thread": """
import threading
raised = []
def read():
    try:
        open(outside / 'secret')
    except OSError as error:
        raised.append(error)
thread = threading.Thread(target=read)
thread.start()
thread.join()
if raised:
    raise raised[0]
""",
    "shared memory": """
import uuid
name = f'/dev/shm/nexus-{uuid.uuid4()}'
open(name, 'x').close()
os.unlink(name)
""",
    "the folder of all": "import tempfile; tempfile.TemporaryFile(dir='/tmp')",
}


ATTRIBUTES = {
    "emptying": "os.truncate(outside / 'secret', 0)",
    "mode": "os.chmod(outside / 'secret', 0o777)",
    "mode in the module below": "import posix; posix.chmod(outside / 'secret', 0o777)",
    "mode by descriptor": """
import posix
found = os.open(outside / 'secret', os.O_PATH)
posix.chmod(f'/proc/self/fd/{found}', 0o777)
""",
    "dates": "os.utime(outside / 'secret', (0, 0))",
    "dates in the module below": "import posix; posix.utime(outside / 'secret', (0, 0))",
    "owner": "os.chown(outside / 'secret', os.getuid(), os.getgid())",
    "owner of a link": "os.lchown(outside / 'secret', os.getuid(), os.getgid())",
    "attribute": "os.setxattr(outside / 'secret', 'user.x', b'x')",
}


NETWORK = {
    "TCP": "socket.create_connection(addresses['tcp'])",
    "serving": "socket.socket().bind(('127.0.0.1', 0))",
    "UDP": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', addresses['udp'])",
    "IPv6": "socket.socket(socket.AF_INET6)",
    "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "a Unix socket": "socket.socket(socket.AF_UNIX).connect(addresses['unix'])",
    "an abstract one": "socket.socket(socket.AF_UNIX).connect(addresses['abstract'])",
    "datagrams of a pair": """
one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
one.sendto(b'x', addresses['datagram'])
""",
}


PROCESSES = {
    "a signal": "os.kill(parent, 9)",
    "a signal by descriptor": """
import signal
signal.pidfd_send_signal(os.pidfd_open(parent), 9)
""",
    "a queued signal": CHECKED
    + """
import struct
what = ctypes.create_string_buffer(struct.pack('iii', 9, 0, -1), 128)
number = {'x86_64': 129, 'aarch64': 138}[os.uname().machine]
checked(libc.syscall(number, parent, 9, what))
""",
    "a signal about a pipe": """
import fcntl, select
reading, writing = os.pipe()
fcntl.fcntl(reading, fcntl.F_SETOWN, parent)
fcntl.fcntl(reading, 10, 9)  # F_SETSIG
fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC)
os.write(writing, b'x')
if os.getppid() == parent:
    raise OSError('it lives')
""",
    "its limits": "import resource; resource.prlimit(parent, resource.RLIMIT_NOFILE, (9, 9))",
    "tracing": CHECKED + "checked(libc.ptrace(0x4206, parent, None, None))",
    "its memory by a call": CHECKED
    + """
what = ctypes.create_string_buffer(b'forged')
here = (ctypes.c_void_p * 2)(ctypes.addressof(what), 6)
there = (ctypes.c_void_p * 2)(memory, 6)
checked(libc.process_vm_writev(parent, here, 1, there, 1, 0))
""",
    "its memory as a file": """
with open(f'/proc/{parent}/mem', 'r+b', buffering=0) as file:
    file.seek(memory)
    file.write(b'forged')
""",
    "its environment": "open(f'/proc/{parent}/environ').read()",
    "its descriptors": "os.listdir(f'/proc/{parent}/fd')",
    "a descriptor of it": CHECKED + "checked(libc.syscall(438, os.pidfd_open(parent), 1, 0))",
    "its command line": "open(f'/proc/{parent}/cmdline').read()",
}


STARTING = {
    "a program": "os.posix_spawn('/bin/true', ['true'], {})",
    "its own place": """
import subprocess
assert subprocess.run(['/bin/true']).returncode == 0
""",
    "a program of memory": """
found = os.memfd_create('x')
os.write(found, open('/bin/true', 'rb').read())
if os.fork() == 0:
    try:
        os.execve(found, ['true'], {})
    except OSError as error:
        os._exit(error.errno)
failed = os.waitstatus_to_exitcode(os.wait()[1])
if failed:
    raise OSError(failed, '')
""",
}
SESSION = {
    "a session": """
if os.fork() == 0:
    try:
        os.setsid()
    except OSError as error:
        os._exit(error.errno)
    os._exit(0)
failed = os.waitstatus_to_exitcode(os.wait()[1])
if failed:
    raise OSError(failed, '')
""",
    "a group": "os.setpgid(0, 0)",
}
