"""Who gets in where: meetings and what is recorded of them."""

from meetings.tests.routes_consents import ROUTES as CONSENTS
from meetings.tests.routes_meetings import ROUTES as MEETINGS
from meetings.tests.routes_record import ROUTES as RECORD

ROUTES = {**MEETINGS, **CONSENTS, **RECORD}
