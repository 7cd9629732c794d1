"""The portal's Celery application with a scheduler that checks the ledger and delivers every second."""

from charter_portal.celery import app

app.conf.beat_schedule = {
    "check": {"task": "records.tasks.check_ledger", "schedule": 1.0},
    "deliver": {"task": "records.tasks.deliver_notices", "schedule": 1.0},
}
