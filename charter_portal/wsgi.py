"""The WSGI application, within the wrappers of the apps."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charter_portal.settings")
django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - after Django is set up

from charter_portal.local import local_only  # noqa: E402
from records.wsgi import wrapped  # noqa: E402

application = wrapped(django_application)
if settings.IS_PLAIN:
    application = local_only(application)
