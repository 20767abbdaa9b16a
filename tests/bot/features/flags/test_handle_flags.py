"""What becomes of flags at the administrators' desk, whatever happened meanwhile."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.base.i18n import Languages
from bot.base.time_units import HOUR_MS
from bot.features.flags import flag_question, handle_flags
from bot.features.flags.administrator_view import Flagged, FlagPress, FlagVerb, listed, raised
from bot.features.flags.awaited_text import press_cancel
from bot.features.flags.learner_view import kept, write_it
from bot.features.flags.reasons import FlagReason
from bot.features.shared.question_buttons import QuestionRef
from bot.services import Services
from bot.settings import Settings
from content.library import library_of
from storage.facts import Fact, LanguageChosen, PersonForgotten, PersonLeft
from storage.outcome import Outcome
from tests.bot.features.flags.conftest import CLEO, NOW, flag, post, taken, visit
from tests.content import samples
from tests.content.html_reader import read_html
from tests.storage.samples import ADA, BEN
from tests.support.services import StillClock, commit

WRITE_WITHIN_MS = HOUR_MS
LONGEST_TEXT = 1_000
ENGLISH = Languages.load().choose("en", None)


async def at_desk(services: Services, person_id: int, verb: FlagVerb, number: int) -> Outcome:
    """Somebody presses a button of the desk."""
    who = await visit(services, person_id)
    done = await handle_flags.press(services, who, FlagPress(verb, number), message_id=9)
    return await commit(services, done)


async def the_flag(services: Services) -> int:
    """The id of the one open flag."""
    (one,) = await services.store.flags.open(10)
    return one.id


async def test_a_question_is_flagged_by_those_who_answered_it(services: Services) -> None:
    """Others, unknown posts and places that are not there get an answer, and raise nothing."""
    ref = await post(services)
    for other in (QuestionRef(ref.post_id, 1), QuestionRef(1, 0)):
        done = await flag(services, other, FlagReason.WRONG)
        assert done.toast is not None
        assert "don't have this question" in done.toast.text
    stranger = await visit(services, ADA)
    done = await flag_question.press(
        services, stranger, flag_question.ReasonPress(ref, FlagReason.WRONG, 5)
    )
    assert (done.owed, len(done.facts)) == ((), 1)
    done = await flag(services, ref, FlagReason.WRONG)
    assert [call.chat_id for call in done.owed] == [BEN, ADA, CLEO]


async def test_the_desk_is_for_administrators_alone(services: Services) -> None:
    """Rights are judged at each press and each text, whatever was allowed before."""
    await flag(services, await post(services), FlagReason.UNCLEAR)
    number = await the_flag(services)
    for verb in FlagVerb:
        done = await at_desk(services, BEN, verb, number)
        assert done.owed == ()
        assert done.toast is not None
        assert "no longer works" in done.toast.text
    await at_desk(services, ADA, FlagVerb.REPLY, number)
    services.settings = Settings(admins=frozenset({CLEO}))
    done = await taken(services, ADA, "Mended.")
    assert [call.chat_id for call in done.owed] == [ADA]
    assert "can't hold a conversation" in str(done.owed[0].params["text"])
    assert await services.store.flags.open_count() == 1


async def test_a_flag_is_replied_to_once(services: Services) -> None:
    """Whoever comes second is told so, at the press or with the reply written already."""
    await flag(services, await post(services), FlagReason.OUTDATED)
    number = await the_flag(services)
    for admin in (ADA, CLEO):
        await at_desk(services, admin, FlagVerb.REPLY, number)
    first = await commit(services, await taken(services, CLEO, "Mended."))
    assert [call.chat_id for call in first.owed] == [CLEO, CLEO, BEN]
    assert first.owed[0].params["message_id"] == 9
    late = await press_cancel(services, await visit(services, CLEO), message_id=10)
    assert (late.owed, late.toast is not None) == ((), True)
    second = await commit(services, await taken(services, ADA, "Mended!"))
    assert [call.chat_id for call in second.owed] == [ADA]
    assert "your reply was not sent" in str(second.owed[0].params["text"])
    for verb in (FlagVerb.REPLY, FlagVerb.CLOSE, FlagVerb.OPEN):
        done = await at_desk(services, ADA, verb, number)
        assert done.toast is not None
        assert "closed already" in done.toast.text
        assert [call.method for call in done.owed] == ["editMessageText"]


@pytest.mark.parametrize(
    ("verb", "says"),
    [
        (FlagVerb.MENDED, "Se ha corregido. ¡Gracias!"),
        (FlagVerb.CLOSE, "Se ha revisado y tu aviso está cerrado. ¡Gracias!"),
    ],
)
async def test_the_learner_hears_what_became_of_a_flag(
    services: Services, verb: FlagVerb, says: str
) -> None:
    """In their own language, with the case's title and the question; once."""
    await flag(services, await post(services), FlagReason.WRONG)
    await commit(services, Outcome((LanguageChosen(BEN, "es"),)))
    number = await the_flag(services)
    done = await at_desk(services, ADA, verb, number)
    shown, heard = done.owed
    assert (shown.chat_id, shown.params["message_id"], heard.chat_id) == (ADA, 9, BEN)
    text = str(heard.params["text"])
    assert all(part in text for part in ("Hard lumps", "What are they?", says))
    assert await services.store.flags.open_count() == 0
    again = await at_desk(services, CLEO, verb, number)
    assert [call.chat_id for call in again.owed] == [CLEO]


async def test_the_learner_hears_why_a_question_stays(services: Services) -> None:
    """In the administrator's words."""
    await flag(services, await post(services), FlagReason.WRONG)
    await at_desk(services, ADA, FlagVerb.REPLY, await the_flag(services))
    done = await taken(services, ADA, "A trial <of> 2020 says so.")
    assert [call.chat_id for call in done.owed] == [ADA, ADA, BEN]
    text = str(done.owed[2].params["text"])
    assert "Hard lumps" in text
    assert "It stays as it is. This is why:" in text
    assert "<blockquote expandable>A trial &lt;of&gt; 2020 says so." in text


@pytest.mark.parametrize("gone", [PersonForgotten(BEN), PersonLeft(BEN, NOW)])
@pytest.mark.parametrize("verb", [FlagVerb.MENDED, FlagVerb.CLOSE])
async def test_who_is_gone_hears_nothing(services: Services, gone: Fact, verb: FlagVerb) -> None:
    """Who has blocked the bot or had everything erased; the flag is closed all the same."""
    await flag(services, await post(services), FlagReason.WRONG)
    await commit(services, Outcome((gone,)))
    done = await at_desk(services, ADA, verb, await the_flag(services))
    assert [call.chat_id for call in done.owed] == [ADA]
    assert await services.store.flags.open_count() == 0


async def test_a_flag_outlives_its_case(services: Services) -> None:
    """Deleted or rewritten since, the question is shown as it was flagged, without a link."""
    await flag(services, await post(services), FlagReason.WRONG)
    number = await the_flag(services)
    services.library = library_of([])
    done = await at_desk(services, ADA, FlagVerb.OPEN, number)
    assert "What are they?" in str(done.owed[0].params["text"])
    assert "https://" not in str(done.owed[0].params)
    done = await at_desk(services, ADA, FlagVerb.SHOW, number)
    assert "Hard means calcium." in str(done.owed[0].params["text"])


async def test_what_was_asked_for_long_ago_is_no_longer_awaited(services: Services) -> None:
    """A text that comes too late is not taken for what it may not be."""
    ref = await post(services)
    await flag(services, ref, FlagReason.OTHER)
    clock = services.clock
    assert isinstance(clock, StillClock)
    services.clock = replace(clock, at=NOW + WRITE_WITHIN_MS + 1)
    done = await taken(services, BEN, "It is wrong.")
    assert "can't hold a conversation" in str(done.owed[0].params["text"])
    services.clock = replace(clock, at=NOW + WRITE_WITHIN_MS)
    done = await taken(services, BEN, "It\x00 is\nwrong.\ud800")
    assert [call.chat_id for call in done.owed] == [BEN, ADA, CLEO]
    await commit(services, done)
    (kept,) = await services.store.flags.open(1)
    assert kept.words == "It  is\nwrong."


@given(
    data=st.text(max_size=30)
    | st.builds("flags:{}:{:x}".format, st.sampled_from(FlagVerb), st.integers())
)
def test_any_button_data_is_read_or_not(data: str) -> None:
    """What is read means the same when it is written again."""
    press = FlagPress.parse(data)
    assert press is None or str(press) == data


@settings(max_examples=30)
@given(words=st.text(max_size=LONGEST_TEXT), prompt=st.text(min_size=1, max_size=300))
def test_a_flag_and_its_reply_fit_one_message(words: str, prompt: str) -> None:
    """Whatever is written, it is escaped, and nothing of it is lost."""
    question = samples.case().questions[0].model_copy(update={"prompt": prompt})
    case = samples.case().model_copy(update={"questions": (question,), "title": "<T>" * 40})
    flagged = Flagged(1, case, 0, "other", words, None, 7)
    calls = [raised(1, flagged, ENGLISH), kept(1, case, 0, words, ENGLISH)]
    calls += [listed(1, [flagged] * 6, 0, 9, ENGLISH), write_it(1, case, 0, ENGLISH)]
    for call in calls:
        said, _ = read_html(str(call.params["text"]))
        assert len(said) <= 4096
    assert words.strip() in read_html(str(calls[0].params["text"]))[0]
    # Whole, so that nothing of it is left should the learner have themselves erased.
    quoted = "".join(quote.words for quote in calls[0].quotes)
    assert read_html(quoted)[0] == words.strip()
