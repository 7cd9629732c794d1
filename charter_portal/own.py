"""Write the `.env` of an installation of one's own on this machine, once: secrets that nobody chose.

Started by `make own` before anything of Django is, from the folder of the portal.
"""

import os
import secrets
import sys
from pathlib import Path

NAMES = ("SECRET_KEY", "LEDGER_SEAL_KEY", "MFA_KEY", "DESK_KEY")
ABOUT = """\
# A portal of your own on this machine, on localhost without TLS. Written once by make own.
# Keep a copy of this file apart from var/: without these secrets the activity log's seals cannot be
# checked, and no authenticator app and no recovery code works. .env.example explains each line.
LOCAL=1
ALLOWED_HOSTS=localhost,127.0.0.1,[::1]
"""
OTHER = """\
The file .env belongs to another installation: it does not say LOCAL=1. Move it away to let make own
write one, or start that installation as docs/operations.md says.
"""


def written(path: Path) -> bool:
    """Whether the file was written now. One that is there stays as it is."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(ABOUT)
        file.writelines(f"{name}={secrets.token_urlsafe(64)}\n" for name in NAMES)
    return True


def is_own(path: Path) -> bool:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return "LOCAL=1" in lines


def main() -> int:
    path = Path(".env")
    if written(path):
        sys.stdout.write(
            f"Wrote the secrets of this installation to {path.resolve()}. Keep a copy.\n"
        )
    elif not is_own(path):
        sys.stderr.write(OTHER)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
