"""What the grounds of rulings rest on."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

IN_ADVANCE = "Exchange Act s. 10A(i)(1)(A)"
SPECIFIC = "Reg. S-X 2-01(c)(7)(i)(A)"
POLICY = "Reg. S-X 2-01(c)(7)(i)(B)"
WAIVER = "Reg. S-X 2-01(c)(7)(i)(C)"
DELEGATION = "Exchange Act s. 10A(i)(3)"
STAFF_FAQ = "SEC staff FAQ H on auditor independence"
ROTATION = "Reg. S-X 2-01(c)(6)"
LETTER = "PCAOB Rule 3526"
REPORT = "Reg. S-K 407(d)(3)(i)"
NAMES = "Reg. S-K 407(d)(3)(ii)"
TABLE = "Schedule 14A Item 9(e)"
OWN_POLICY = _("pre-approval policy")
OWN_RESOLUTION = _("resolution on delegation")
PRACTICE = _("good practice")
FROM_FACTS = ""

Words = tuple[str | Promise, str | Promise]
