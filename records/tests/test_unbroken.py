"""10-K, 10-Q and their like stay on one line, wherever they came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser

from records.unbroken import unbroken

pytestmark = pytest.mark.any_database


def kept(name: str) -> str:
    return f'<span class="unbroken">{name}</span>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>in the 10-K.</p>", f"<p>in the {kept('10-K')}.</p>"),
        ("<p>each 10-Q</p>", f"<p>each {kept('10-Q')}</p>"),
        ("<p>on Form 8-K today</p>", f"<p>on {kept('Form 8-K')} today</p>"),
        ("<p>Reg. S-K 407(d)</p>", f"<p>{kept('Reg. S-K')} 407(d)</p>"),
        ("<p>Regulation S-X 2-01</p>", f"<p>{kept('Regulation S-X')} 2-01</p>"),
        ("<p>Regulation NT 10-K</p>", f"<p>{kept('Regulation NT 10-K')}</p>"),
        ("<p>10-K, 10-Q</p>", f"<p>{kept('10-K')}, {kept('10-Q')}</p>"),
        ("<br>10-K<i title='8-K'></i>20-F", f"<br>{kept('10-K')}<i title='8-K'></i>{kept('20-F')}"),
        ("<svg><text>10-K</text></svg>10-K", f"<svg><text>10-K</text></svg>{kept('10-K')}"),
        ("<b>10-K/A</b>", f"<b>{kept('10-K/A')}</b>"),
        ('<a title="the 10-K" href="/10-K/">x</a>', None),
        ("<title>The 10-K</title>", None),
        ("<option value='1'>Form 10-Q</option>", None),
        ("<textarea>\nin the 10-K</textarea>", None),
        ("<script>'10-K'</script><!-- 10-K -->", None),
        ("<p>110-K, 10-KB, 2010-Kx, 10-K-9</p>", None),
        ("<p>nothing of the kind</p>", None),
    ],
)
def test_names_are_wrapped_in_text_alone(html: str, expected: str | None) -> None:
    assert unbroken(html) == (expected or html)


@given(st.lists(st.sampled_from(["10-K", "Form 10-Q", " ", "a", "&lt;", "<b>", "</b>", "–"])))
def test_what_is_read_stays_the_same(parts: list[str]) -> None:
    page = f"<p>{''.join(parts)}</p>"
    before, after = (parser.fromstring(text).text_content() for text in (page, unbroken(page)))
    assert before == after
