"""What of this app stands in the activity log: the channel, its readers and its procedures. Of a
case there is nothing, and no word for one either: each record is listed by itself."""

from charters.ledger_lines import reads_standings
from records.ledger_words import SUBJECTS, Subject

SUBJECTS.add_all(
    Subject("whistleblower.Channel", reads_standings, title=str),
    Subject("whistleblower.ProcedureEntry", reads_standings, title=str),
    Subject("whistleblower.ReaderKey", reads_standings, title=str, related=("user",)),
    Subject("whistleblower.RosterList", reads_standings, title=str),
)
