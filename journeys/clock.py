"""The portal's Celery application with a scheduler that starts a task every second."""

from charter_portal.celery import app

app.conf.beat_schedule = {"strike": {"task": "records.tasks.check_ledger", "schedule": 1.0}}
