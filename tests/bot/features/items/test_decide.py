"""What becomes of an item that two people flagged, whatever happens meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.base.i18n import Languages
from bot.features.cases.choose_case import AnyUnseen, Named
from bot.features.cases.send_case import send_case
from bot.features.finding.find_case import find_case
from bot.features.flags.reasons import FlagReason
from bot.features.items.item_card_buttons import ItemCardPress, ItemCardVerb
from bot.features.items.item_card_numbers import ItemCardNumbers
from bot.features.items.item_card_view import ItemCardShown
from bot.features.items.item_card_view import card as view
from bot.features.library import withdraw
from bot.services import Services
from bot.settings import Settings
from content.codes import case_code
from content.item_alarms import DistractorAboveKey
from content.model import Question
from content.retiring import retiring
from content.revision import revision_of
from content.statistics import Interval
from storage.case_facts import CasePosted
from storage.facts import LanguageChosen, PersonForgotten, PersonLeft
from storage.flag_facts import FlagClosed
from storage.item_cards import FlagOfItem, ItemCard
from storage.outcome import Outcome, OwedCall
from tests.bot.features.items.conftest import (
    CASE,
    CLEO,
    DAN,
    NOW,
    done,
    flag,
    flagged_by_two,
    opened,
    press,
    the_card,
    visit,
    write,
)
from tests.content import samples
from tests.content.html_reader import read_html
from tests.content.samples import question_data
from tests.storage.samples import ADA, BEN, answered

LONGEST_TEXT = 1_000


def said(call: OwedCall) -> str:
    """What a message says."""
    return read_html(str(call.params["text"]))[0]


def labels(call: OwedCall) -> list[str]:
    """The buttons under a message."""
    rows = call.params.get("reply_markup", {"inline_keyboard": []})["inline_keyboard"]
    return [button["text"] for row in rows for button in row]


async def on_cards(services: Services, words: str = "") -> list[tuple[int, str]]:
    """To whom cards are owed, and how as it stands now; all of them say these words."""
    waiting = await services.store.outbox.waiting(0)
    rows = await services.store.outbox.begin([row.id for row in waiting], NOW)
    cards = [row for row in rows if "Please look" in str(row.params.get("text"))]
    assert all(words in str(row.params["text"]) for row in cards)
    return [(row.chat_id, row.method) for row in cards]


async def test_two_flags_of_one_wording_open_a_card(services: Services) -> None:
    """One flag does not, nor a second of the same person; and there is no second card."""
    await flag(services, BEN)
    assert await opened(services) == []
    await flag(services, DAN, FlagReason.UNCLEAR)
    (outcome,) = await opened(services)
    card, other = outcome.owed
    assert (card.chat_id, other.chat_id) == (ADA, CLEO)
    text = said(card)
    for part in (
        "Two learners or more flagged it.",
        f"Case {case_code(CASE)}: Hard lumps",
        "What are they?",
        "✗ Fat",
        "✓ Calcium",
        "0 first answers",
        "Choices: too few (0 of 20)",
        "Something is wrong",
        "It is unclear",
    ):
        assert part in text
    assert labels(card) == ["Keep, because …", "Retire", "Show its explanation"]
    assert await opened(services) == []
    await flag(services, DAN + 1)
    assert await opened(services) == []


async def test_nobody_to_ask_opens_nothing(services: Services) -> None:
    """Until somebody administers the bot."""
    services.settings = Settings()
    await flag(services, BEN)
    await flag(services, DAN)
    assert await opened(services) == []
    services.settings = Settings(admins=frozenset({ADA}))
    assert len(await opened(services)) == 1


async def test_shares_are_told_of_twenty_answers(services: Services) -> None:
    """With the share right and its interval; nobody's own answer can be told from them."""
    await flag(services, BEN)
    await flag(services, DAN)
    wording = revision_of(services.library.snapshot(services.library.cases[CASE]), 0)
    votes = [answered(100 + n, None, choices=(n % 2,), revision=wording) for n in range(30)]
    await done(services, Outcome(tuple(votes)))
    (outcome,) = await opened(services)
    text = said(outcome.owed[0])
    assert "▰▰▰▱▱ 50% Fat" in text
    assert "50% ✓ Calcium" in text
    assert "▱▱▱▱▱ 0% Urate · idle" in text
    assert "50% right (95% interval 33% to 67%)" in text


async def test_it_stays_because(services: Services) -> None:
    """In words, which who flagged and the other administrators read; the flags are closed."""
    card = await flagged_by_two(services)
    asked = await press(services, ADA, ItemCardVerb.KEEP, card)
    assert "why the question stays as it is" in said(asked.owed[0])
    long = await write(services, ADA, "x" * (LONGEST_TEXT + 1))
    assert "Please send a shorter one" in said(long.owed[0])
    kept = await write(services, ADA, "A trial <of> 2020\nsays so.")
    assert [call.chat_id for call in kept.owed] == [ADA, CLEO, ADA, BEN, DAN]
    assert await on_cards(services) == [(ADA, "editMessageText"), (CLEO, "editMessageText")]
    for call in kept.owed[:2]:
        assert "It stays as it is: decided by Person 1, 2 Mar 2026, 00:00 UTC." in said(call)
        assert "A trial <of> 2020\nsays so." in said(call)
        assert labels(call) == ["Show its explanation"]
    assert "2 people who flagged it are told why" in said(kept.owed[2])
    assert "It stays as it is. This is why:" in said(kept.owed[3])
    assert await services.store.flags.open_count() == 0
    assert list(services.library.cases) == [CASE, "other"]
    # What is written next is no reason.
    assert "can't hold a conversation" in said((await write(services, ADA, "well")).owed[0])
    # Others flag it: that is to be looked at again.
    await flag(services, BEN)
    await flag(services, DAN)
    assert len(await opened(services)) == 1


async def test_nobody_decides_twice(services: Services) -> None:
    """Who comes second reads who decided, by a press or with the reason written already."""
    card = await flagged_by_two(services)
    await press(services, CLEO, ItemCardVerb.KEEP, card)
    await press(services, ADA, ItemCardVerb.RETIRE, card)
    for verb in (ItemCardVerb.KEEP, ItemCardVerb.RETIRE):
        late = await press(services, CLEO, verb, card, message_id=77)
        assert late.toast is not None
        assert late.toast.text == "Retired by Person 1, 2 Mar 2026, 00:00 UTC."
        (shown,) = late.owed
        assert (shown.method, shown.params["message_id"]) == ("editMessageText", 77)
        assert labels(shown) == ["Bring back", "Show its explanation"]
    late = await write(services, CLEO, "It is right.")
    assert said(late.owed[0]).endswith("Your reason was not sent.")
    assert (await the_card(services)).state == "retired"


async def test_what_is_retired_comes_by_nothing(services: Services) -> None:
    """Until it is brought back; an open post goes on; who flagged it is thanked once."""
    given = await send_case(services, await visit(services, DAN + 3), Named(CASE))
    await done(services, given)
    (post,) = (fact for fact in given.facts if isinstance(fact, CasePosted))
    card = await flagged_by_two(services)
    retired = await press(services, ADA, ItemCardVerb.RETIRE, card)
    assert [call.chat_id for call in retired.owed] == [ADA, CLEO, BEN, DAN]
    assert "Its case comes by nothing any more" in said(retired.owed[1])
    assert "taken out of use" in said(retired.owed[2])
    assert "Thank you!" in said(retired.owed[2])
    assert await services.store.flags.open_count() == 0
    assert list(services.library.cases) == ["other"]
    code, eve = case_code(CASE), await visit(services, DAN + 4)
    for outcome in (
        await send_case(services, eve, Named(code)),
        await find_case(services, eve, code),
        await find_case(services, eve, CASE),
    ):
        assert [call.method for call in outcome.owed] == ["sendMessage"]
        assert "withdrawn" not in said(outcome.owed[0])
    await done(services, await send_case(services, eve, Named("other")))
    nothing = await send_case(services, eve, AnyUnseen())
    assert not any(isinstance(fact, CasePosted) and fact.case_id == CASE for fact in nothing.facts)
    posted = await services.store.flags.posted(post.post_id)
    assert posted is not None
    # Administrators who name it read why, and can look.
    for name in (code, CASE):
        for why in (
            await send_case(services, await visit(services, ADA), Named(name)),
            await find_case(services, await visit(services, ADA), name),
            await write(services, ADA, name),
        ):
            assert f"Case {code} is withdrawn" in said(why.owed[0])
            assert labels(why.owed[0]) == ["What was decided"]
    shown = await press(services, ADA, ItemCardVerb.SHOW, card)
    assert labels(shown.owed[0]) == ["Bring back", "Show its explanation"]
    back = await press(services, CLEO, ItemCardVerb.BRING_BACK, card)
    assert [call.chat_id for call in back.owed] == [ADA, CLEO]
    assert "Brought back by Person 3" in said(back.owed[0])
    assert labels(back.owed[0]) == ["Retire", "Show its explanation"]
    assert list(services.library.cases) == [CASE, "other"]
    # Retired again, nobody is thanked a second time.
    again = await press(services, CLEO, ItemCardVerb.RETIRE, await the_card(services))
    assert [call.chat_id for call in again.owed] == [ADA, CLEO]
    assert list(services.library.cases) == ["other"]


async def test_a_start_reads_what_is_retired(services: Services) -> None:
    """Whatever was in memory is made again from what is on record."""
    await press(services, ADA, ItemCardVerb.RETIRE, await flagged_by_two(services))
    services.library = retiring(services.library, frozenset())
    await withdraw.withdraw_retired(services)
    assert list(services.library.cases) == ["other"]


@pytest.mark.parametrize("verb", ItemCardVerb)
async def test_cards_are_for_administrators_alone(services: Services, verb: ItemCardVerb) -> None:
    """Rights are judged at each press and each text, whatever was allowed before."""
    card = await flagged_by_two(services)
    forged = await press(services, BEN, verb, card)
    assert forged.owed == ()
    assert forged.toast is not None
    assert "no longer works" in forged.toast.text
    await press(services, CLEO, ItemCardVerb.KEEP, card)
    services.settings = Settings(admins=frozenset({ADA}))
    assert "can't hold a conversation" in said((await write(services, CLEO, "It is so.")).owed[0])
    assert (await the_card(services)).state == "open"
    unknown = await press(services, ADA, verb, replace(card, id=1))
    assert unknown.toast is not None
    assert "don't have this question" in unknown.toast.text


async def test_who_is_gone_hears_nothing(services: Services) -> None:
    """Who was erased, or has blocked the bot; nor do their words stand on the card any more."""
    await flag(services, BEN)
    await flag(services, DAN)
    await flag(services, DAN + 1)
    await opened(services)
    await done(services, Outcome((PersonForgotten(BEN), PersonLeft(DAN, NOW))))
    await done(services, Outcome((LanguageChosen(DAN + 1, "es"),)))
    retired = await press(services, ADA, ItemCardVerb.RETIRE, await the_card(services))
    assert [call.chat_id for call in retired.owed] == [ADA, CLEO, DAN + 1]
    assert said(retired.owed[2]).startswith("Avisaste")
    assert await services.store.flags.open_count() == 1  # of whom nobody knows
    text = said(retired.owed[0])
    assert text.count("Something is wrong") == 2


async def test_who_was_told_that_it_stays_hears_that_it_does_not(services: Services) -> None:
    """A flag that was closed before is thanked for as well: something came of it."""
    await flag(services, BEN)
    (first,) = await services.store.flags.open(1)
    await done(services, Outcome((FlagClosed(first.id, NOW),)))
    await flag(services, DAN)
    await flag(services, DAN + 1)
    await opened(services)
    retired = await press(services, ADA, ItemCardVerb.RETIRE, await the_card(services))
    assert [call.chat_id for call in retired.owed[2:]] == [BEN, DAN, DAN + 1]


async def test_an_administrator_without_a_card_is_told_too(services: Services) -> None:
    """What was not sent yet is replaced; who has none gets one."""
    await flag(services, BEN)
    await flag(services, DAN)
    await opened(services)
    await press(services, ADA, ItemCardVerb.RETIRE, await the_card(services), message_id=9)
    assert await on_cards(services, "Retired by") == [
        (ADA, "editMessageText"),
        (CLEO, "sendMessage"),
    ]


@given(
    data=st.text(max_size=30)
    | st.builds("card:{}:{:x}".format, st.sampled_from(ItemCardVerb), st.integers())
)
def test_any_button_data_is_read_or_not(data: str) -> None:
    """What is read means the same when it is written again."""
    pressed = ItemCardPress.parse(data)
    assert pressed is None or str(pressed) == data


@given(text=st.text(min_size=1, max_size=1000), state=st.sampled_from(["open", "kept", "retired"]))
def test_a_card_fits_one_message(text: str, state: str) -> None:
    """Whatever it holds, in every language; words of who flagged it are cut, or left out."""
    choices = [{"text": f"{n} <&> {'x' * 92}", "correct": n == 3} for n in range(12)]
    question = Question.model_validate(question_data(choices=choices, prompt="p" * 300))
    case = samples.case(questions=[question], title="<T>" * 42)
    card = ItemCard(
        *(1, CASE, "nature", "revision", 0, ("flags",), "{}", 99, NOW),
        *(state, None if state == "open" else text, ADA, "A" * 64, NOW, "{}"),
    )
    alarms = (*(DistractorAboveKey(n, Interval(0.1, 0.2)) for n in range(11)),)
    numbers = ItemCardNumbers(99, (0.5, Interval(0.1, 0.9)), (*range(1, 13),), alarms)
    flags = [FlagOfItem(n, n, "other", text, None) for n in range(9)]
    for words in Languages.load().words.values():
        for shown in (
            ItemCardShown(card, case, numbers, flags),
            ItemCardShown(card, case, numbers),
        ):
            call = view(1, shown, words)
            assert len(said(call)) <= 4096
            for quote in call.quotes:
                assert quote.words in str(call.params["text"])
