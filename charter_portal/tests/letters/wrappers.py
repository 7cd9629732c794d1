"""A wrapper around the WSGI application that leaves requests as they are."""

from records.wsgi import WRAPPERS, Wrapper

WRAPPERS.add(Wrapper("letters.unchanged", lambda application: application))
