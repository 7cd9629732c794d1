"""A process that sets a stored report again and prints the PDF's digest. Started by a test."""

import hashlib
import json
import sys
from datetime import datetime

import django

django.setup()

import time_machine  # noqa: E402

from charter_portal.reports import from_json, render  # noqa: E402


def main(now: str) -> None:
    report = from_json(json.load(sys.stdin))
    with time_machine.travel(datetime.fromisoformat(now)):
        content = render(report)
    sys.stdout.write(hashlib.sha256(content).hexdigest())


if __name__ == "__main__":
    main(sys.argv[1])
