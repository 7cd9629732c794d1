"""The project package: settings, URLs, Celery, the home page and the Board report."""

from charter_portal.celery import app as celery_app

__all__ = ["celery_app"]
