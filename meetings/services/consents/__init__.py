"""Written consents: drafted, sent, signed by every member, in effect, or ended without effect.

The activity log holds people, dates and digests, no word of the text or of a reason.
"""

from meetings.services.consents.drafting import attach, change_consent, detach, prepare_consent
from meetings.services.consents.ending import decline, withdraw_consent, withdraw_signature
from meetings.services.consents.sending import send_consent
from meetings.services.consents.signing import record_signatures, settle, settle_waiting, sign

__all__ = [
    "attach",
    "change_consent",
    "decline",
    "detach",
    "prepare_consent",
    "record_signatures",
    "send_consent",
    "settle",
    "settle_waiting",
    "sign",
    "withdraw_consent",
    "withdraw_signature",
]
