"""Cases as they are laid out on Telegram: whole, whatever their authors wrote."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.features.cases.case_view import Destination, opening
from bot.features.shared.messages import message
from bot.sandbox.entities.formatted import formatted
from content.markup import parse, visible
from content.model import Case
from content.snapshot import Snapshot
from storage.outcome import OwedCall
from tests.content.samples import case_data, markdown_texts


def letters(text: str) -> str:
    """The visible characters."""
    return "".join(text.split())


def written(text: str) -> Case:
    """A case with this vignette, if an author may write it."""
    try:
        return Case.model_validate(case_data(vignette=text))
    except ValidationError:
        assume(False)
        raise


texts = st.one_of(
    markdown_texts,
    st.builds(lambda text, times: (text + " ") * times, markdown_texts, st.integers(1, 60)),
)


@settings(max_examples=200)
@given(text=texts)
def test_a_vignette_arrives_whole_in_either_layout(text: str) -> None:
    """As a poll's description or as messages before it, the vignette is all there."""
    case = written(text)
    calls = opening(Snapshot(case, ()), Destination(1, 1))
    shown = "".join(formatted(html, "HTML", None).text for html in map(_html, calls) if html)
    assert letters(case.title) + letters(visible(parse(case.vignette))) == letters(shown)
    poll = calls[-1]
    assert poll.method == "sendPoll"
    assert poll.params["question"] == case.questions[0].prompt


def _html(call: OwedCall) -> str:
    return str(call.params.get("text") or call.params.get("description") or "")


@pytest.mark.parametrize("hostile", ["<b>", "&lt;script&gt;", "</blockquote>", "<a href='x'>", "&"])
def test_markup_of_another_kind_is_shown_as_written(hostile: str) -> None:
    """HTML in a text is text."""
    call = message(1, hostile)
    assert formatted(call.params["text"], "HTML", None).text == hostile
