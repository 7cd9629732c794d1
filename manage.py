#!/usr/bin/env python
"""Django's command line for the charter portal."""

import os
import sys
from importlib import import_module

WAY_OUT = """\
The portal starts from its environment, or from a file .env; .env.example names what belongs there.
To look at the demo without any of it: DEMO=1 {command}, or make demo.
"""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charter_portal.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    except ImproperlyConfigured as error:
        command = " ".join(["manage.py", *sys.argv[1:2]])
        sys.exit(f"{str(error).rstrip('.')}.\n{WAY_OUT.format(command=command)}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
