"""How the portal is served: threads, so that one slow upload makes nobody wait.

Options on the command line stand over these. In the demo, and on one's own machine, it takes the first free
port and says, last of all, where the portal is.
"""

import ctypes
import gc
import os
import socket

DEMO = os.environ.get("DEMO") == "1"
IS_LOCAL = DEMO or os.environ.get("LOCAL") == "1"
FIRST = int(os.environ.get("PORT", "8000"))


def is_free(port: int) -> bool:
    """Nobody answers as localhost there, by either family, and it may be bound."""
    with socket.socket(socket.AF_INET6) as asked:
        if asked.connect_ex(("::1", port)) == 0:
            return False
    with socket.socket() as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


port = next(port for port in range(FIRST, FIRST + 100) if is_free(port)) if IS_LOCAL else FIRST
bind = f"127.0.0.1:{port}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 8
preload_app = True
timeout = 60
# At "warning" it writes the address of whoever sends a malformed request.
loglevel = "error"
control_socket_disable = True


# prctl(2): no other process of the same user reads the memory, and no core is dumped.
PR_SET_DUMPABLE = 4


def post_fork(server: object, worker: object) -> None:
    """While a reader's desk is open, the process holds that reader's keys."""
    if hasattr(libc := ctypes.CDLL(None), "prctl"):
        libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def when_ready(server: object) -> None:
    # What is loaded is never garbage, and the workers share it as long as nobody writes to it.
    gc.collect()
    gc.freeze()
    if DEMO:
        print(
            f"\nThe portal is open at http://localhost:{port}\n"
            "Sign in as any person listed there: the demo asks for no password.\n"
            "Ctrl-C ends it; what was entered stays. make demo-fresh begins again.\n",
            flush=True,
        )
    elif IS_LOCAL:
        print(
            f"\nThe portal is open at http://localhost:{port}\n"
            "Ctrl-C ends it; what was entered stays. make own opens it again.\n",
            flush=True,
        )
