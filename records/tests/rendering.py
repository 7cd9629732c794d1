"""A process that renders one document and prints the PDF's digest. Started by test_pdf."""

import hashlib
import sys
from datetime import UTC, datetime

import django

django.setup()

import time_machine  # noqa: E402

from records import pdf  # noqa: E402

CREATED = datetime(2026, 8, 4, 12, 0, tzinfo=UTC)

HTML = """<!DOCTYPE html>
<html lang="en">
<head><title>Report to the Board</title><link rel="stylesheet" href="css/document.css"></head>
<body>
<h1>Report to the Board</h1>
<h2 id="charter">Charter at a glance</h2>
<p>Kept under <a href="#charter">R-1g</a>, see <a href="https://example.com/">there</a>.</p>
<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><title>kept</title>
<circle cx="10" cy="10" r="8"/></svg>
<table>
<thead><tr><th scope="col">Clause</th><th scope="col">Standing</th></tr></thead>
<tbody>
<tr><th scope="row">P-a</th><td>kept</td></tr>
<tr><th scope="row">P-b</th><td>due</td></tr>
</tbody>
</table>
<h2>Next 90 days</h2>
</body></html>"""


def main(now: str) -> None:
    with time_machine.travel(datetime.fromisoformat(now)):
        content = pdf.render(HTML, created=CREATED)
    sys.stdout.write(hashlib.sha256(content).hexdigest())


if __name__ == "__main__":
    main(sys.argv[1])
