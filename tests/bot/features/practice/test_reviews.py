"""Reviews: which question comes when, in which words, and what is said after it."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.base.time_units import DAY_MS
from bot.features.cards.up_to_date import cards_of, due_cards
from bot.features.cases.answer import Vote, answer_all
from bot.features.cases.choose_case import Named
from bot.features.cases.say_confidence import say_confidence
from bot.features.cases.send_case import send_case
from bot.features.practice.send_review import REVIEWS_A_DAY, next_review, review
from bot.features.practice.tell_review import ReviewPress, tell_review
from bot.features.practice.welcome_back import review_of
from bot.features.shared.preferences import NO_PREFERENCES
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.features.start.start import start
from bot.services import Services
from content.library import load_library
from storage.case_mark_facts import PreferencesSet
from storage.facts import AnswerGiven, CasePosted
from storage.outcome import Outcome, OwedCall
from tests.content.samples import question_data, write_case
from tests.storage.samples import ADA, BEN
from tests.support.served_chats import button_rows, later, said, send_all
from tests.support.services import commit, only_case

RIGHT, WRONG = 1, 0
VARIANT = {"id": "another-patient", "vignette": "A man of 30 has soft lumps."}


@pytest.fixture
def ward(services: Services, tmp_path: Path) -> Services:
    """A library of one case with one question."""
    only_case(services, tmp_path / "one")
    return services


async def visit(services: Services, person_id: int = ADA) -> Visit:
    """A person comes."""
    return await receive(services, Visitor(person_id, "en"))


async def voted(services: Services, outcome: Outcome, choice: int, sure: str = "") -> Outcome:
    """What comes of what a person chose in the poll that this brings; all is on record."""
    await commit(services, outcome)
    (call,) = [call for call in outcome.owed if call.poll is not None]
    (poll,) = await send_all(services)
    assert call.poll is not None
    if sure:
        wish = f"{sure}:{call.poll.post_id:x}-{call.poll.position:x}"
        who = await visit(services, call.chat_id)
        await commit(services, await say_confidence(services, who, wish, 7))
    vote = Vote(1, poll, Visitor(call.chat_id, "en"), (choice,), services.clock.now(), fresh=True)
    (found,) = await answer_all(services, [vote])
    assert isinstance(found, Outcome)
    await commit(services, found)
    await send_all(services)
    return found


async def answered(
    services: Services, choice: int, sure: str = "", name: str = "hard-lumps", who: int = ADA
) -> Outcome:
    """A person gets a case and answers it."""
    asked = await send_case(services, await visit(services, who), Named(name))
    return await voted(services, asked, choice, sure)


async def reviewed(services: Services, topic: str = "") -> Outcome:
    """What `/review` comes to."""
    return await review(services, await visit(services), topic)


def text(outcome: Outcome) -> str:
    """All that is said."""
    return "\n".join(map(said, outcome.owed))


def poll(outcome: Outcome) -> OwedCall:
    """The one poll that is put."""
    (call,) = [call for call in outcome.owed if call.method == "sendPoll"]
    return call


def fact(outcome: Outcome, kind: type[Any]) -> Any:
    """The one fact of its kind."""
    (found,) = [one for one in outcome.facts if isinstance(one, kind)]
    return found


async def test_what_was_answered_comes_back_by_itself(ward: Services) -> None:
    """Not before a week; with a line that says when it was seen, and never the old answer."""
    assert "Nothing to review yet" in text(await reviewed(ward))
    await answered(ward, WRONG)
    later(ward, 6 * DAY_MS)
    assert "The next review comes tomorrow." in text(await reviewed(ward))
    later(ward, DAY_MS)
    outcome = await reviewed(ward)
    call = poll(outcome)
    assert call.params["description"].startswith("<i>Review · last seen 7 days ago</i>")
    assert call.params["question"] == "What are they?"
    assert "Fat" not in call.params["description"]
    posted = fact(outcome, CasePosted)
    assert (posted.purpose, posted.variant) == ("review", None)


async def test_a_review_counts_in_no_total_and_is_no_case_given(ward: Services) -> None:
    """Its answer is on record, not as a first one; the case is neither open nor seen by it."""
    await answered(ward, WRONG)
    later(ward, 8 * DAY_MS)
    before = await ward.store.people.progress(ADA)
    outcome = await reviewed(ward)
    await commit(ward, outcome)
    assert await ward.store.people.progress(ADA) == before
    await send_all(ward)
    again = await voted(ward, await next_review(ward, await visit(ward)), RIGHT)
    assert fact(again, AnswerGiven).first is False
    assert (await ward.store.people.progress(ADA)).right == {("hard-lumps", "nature")}


async def test_after_the_verdict_what_was_chosen_then(ward: Services) -> None:
    """In the words of the time; and ways on to the next review, a new case, or never again."""
    await answered(ward, WRONG)
    later(ward, 35 * DAY_MS)
    outcome = await voted(ward, await reviewed(ward), RIGHT)
    assert "Last time (5 weeks ago) you chose: Fat" in text(outcome)
    rows = [[one["text"] for one in row] for row in button_rows(explanation(outcome))]
    assert rows[:3] == [
        ["Next review", "Next case"],
        ["Knew it", "Recognised it"],
        ["Not this one again"],
    ]
    assert "Nothing is due." in text(await reviewed(ward))


async def test_sure_and_wrong_says_when_it_comes_back(ward: Services) -> None:
    """The very day on which it is due; of what was less sure nothing is said."""
    outcome = await answered(ward, WRONG, "certain")
    assert "Sure, and wrong: worth keeping. Due again from Tue 21 Nov." in text(outcome)
    (due,) = await due_cards(ward, await cards_of(ward, ADA), ward.clock.now() + 400 * DAY_MS)
    assert due.due_at == ward.clock.now() + 7 * DAY_MS
    for choice, sure in ((WRONG, "fairly"), (WRONG, ""), (RIGHT, "certain")):
        assert "worth keeping" not in text(await answered(ward, choice, sure, who=BEN))


async def test_what_was_answered_in_the_last_week_is_not_asked(ward: Services) -> None:
    """Though its card is due: an answer within a week changed none. Then it is, and says when."""
    await answered(ward, WRONG)
    later(ward, 6 * DAY_MS)
    await answered(ward, RIGHT)
    later(ward, 2 * DAY_MS)
    assert "Nothing is due." in text(await reviewed(ward))
    later(ward, 5 * DAY_MS)
    assert "Review · last seen 7 days ago" in poll(await reviewed(ward)).params["description"]


async def test_what_has_been_due_longest_comes_before_what_stays_hard(
    services: Services, tmp_path: Path
) -> None:
    """Only what was sure and wrong goes before it; of one day the more urgent comes first."""
    folder = tmp_path / "three"
    folder.mkdir()
    for number in range(3):
        question = question_data(id=f"q-{number}", prompt=f"Question {number}?")
        write_case(folder / f"case-{number}.yaml", id=f"case-{number}", questions=[question])
    services.library = load_library(folder)
    for number, (choice, sure) in enumerate(((RIGHT, ""), (WRONG, "fairly"), (WRONG, "certain"))):
        await answered(services, choice, sure, f"case-{number}")
        later(services, 2 * DAY_MS)
    later(services, 30 * DAY_MS)
    order = []
    for _ in range(3):
        outcome = await reviewed(services)
        order.append(poll(outcome).params["question"])
        await voted(services, outcome, RIGHT)
    assert order == ["Question 2?", "Question 0?", "Question 1?"]


async def test_the_most_urgent_comes_first(services: Services, tmp_path: Path) -> None:
    """Sure and wrong, then fairly sure, then guessed, then what is least remembered."""
    folder = tmp_path / "four"
    folder.mkdir()
    for number in range(4):
        question = question_data(id=f"q-{number}", prompt=f"Question {number}?")
        write_case(folder / f"case-{number}.yaml", id=f"case-{number}", questions=[question])
    services.library = load_library(folder)
    for number, sure in enumerate(("", "guess", "fairly", "certain")):
        await answered(services, RIGHT if number == 0 else WRONG, sure, f"case-{number}")
        later(services, 60_000)
    later(services, 30 * DAY_MS)
    order = []
    for _ in range(4):
        outcome = await reviewed(services)
        order.append(poll(outcome).params["question"])
        await voted(services, outcome, RIGHT)
    assert order == ["Question 3?", "Question 2?", "Question 1?", "Question 0?"]


async def test_a_variant_not_met_yet_comes_first(services: Services, tmp_path: Path) -> None:
    """Then the wording met longest ago: by turns."""
    only_case(services, tmp_path / "two", questions=[question_data(variants=[VARIANT])])
    await answered(services, WRONG)
    seen = []
    for _ in range(3):
        later(services, 200 * DAY_MS)
        outcome = await reviewed(services)
        seen.append(fact(outcome, CasePosted).variant)
        await voted(services, outcome, WRONG)
    assert seen == ["another-patient", None, "another-patient"]


async def test_a_variant_in_a_review_is_told_as_a_case_of_its_own(
    services: Services, tmp_path: Path
) -> None:
    """Its own story, not the case's; no question whether the picture was recognised."""
    only_case(services, tmp_path / "two", questions=[question_data(variants=[VARIANT])])
    await answered(services, WRONG)
    later(services, 8 * DAY_MS)
    outcome = await reviewed(services)
    assert "A man of 30" in poll(outcome).params["description"]
    assert "A woman of 64" not in poll(outcome).params["description"]
    rows = button_rows(explanation(await voted(services, outcome, RIGHT)))
    assert "Knew it" not in [one["text"] for row in rows for one in row]


@pytest.mark.parametrize("asked_how_sure", [True, False])
async def test_what_stands_under_a_review_goes_once_it_is_explained(
    ward: Services, asked_how_sure: bool
) -> None:
    """Whoever does not say how sure they are could still say that it is not to come again."""
    await answered(ward, WRONG)
    later(ward, 8 * DAY_MS)
    wishes = replace(NO_PREFERENCES, confidence=asked_how_sure)
    await commit(ward, Outcome((PreferencesSet(ADA, wishes.to_json()),)))
    outcome = await reviewed(ward)
    assert len(button_rows(poll(outcome))) == 1 + asked_how_sure
    gone = explanation(await voted(ward, outcome, RIGHT)).afterwards
    assert gone is not None
    assert gone.params["reply_markup"] == {"inline_keyboard": []}


async def test_reviews_by_topic(ward: Services) -> None:
    """Only those of the topic; an unknown one is told."""
    await answered(ward, WRONG)
    later(ward, 8 * DAY_MS)
    assert poll(await reviewed(ward, "rheum"))
    assert "No topic is called so." in text(await reviewed(ward, "plumbing"))
    await voted(ward, await reviewed(ward, "rheumatology"), RIGHT)
    assert "Nothing on Rheumatology is due." in text(await reviewed(ward, "rheumatology"))


async def test_enough_for_a_day(ward: Services) -> None:
    """After ten within a day more come by the button alone; nothing is said of what waits."""
    await answered(ward, WRONG)
    later(ward, 8 * DAY_MS)
    for _ in range(REVIEWS_A_DAY):
        assert poll(await commit(ward, await reviewed(ward)))
    outcome = await reviewed(ward)
    assert text(outcome) == ("10 reviews within a day are plenty. What waits loses nothing by it.")
    assert poll(await next_review(ward, await visit(ward)))
    later(ward, DAY_MS + 1)
    assert poll(await reviewed(ward))


def explanation(outcome: Outcome) -> OwedCall:
    """The message that explains, with the buttons."""
    return [call for call in outcome.owed if call.method == "sendMessage"][-1]


async def pressed(services: Services, data: str, person_id: int = ADA) -> Outcome:
    """What a button under a review comes to; it is on record."""
    verb, _, question = data.partition(":")
    rows = [[{"text": "x", "callback_data": data}]]
    press = ReviewPress(f"{verb}:", question, 7, rows)
    return await commit(
        services, await tell_review(services, await visit(services, person_id), press)
    )


async def test_not_this_one_again(ward: Services) -> None:
    """It comes in no review until it is taken back; nobody does so for another."""
    await answered(ward, WRONG)
    later(ward, 8 * DAY_MS)
    outcome = await commit(ward, await reviewed(ward))
    data = button_rows(poll(outcome))[-1][0]["callback_data"]
    assert (await pressed(ward, data, BEN)).facts[1:] == ()
    assert poll(await reviewed(ward))
    changed = await pressed(ward, data)
    assert changed.toast is not None
    assert changed.toast.text == "It comes back in no review. Press again to have it back."
    assert "Nothing to review yet" in text(await reviewed(ward))
    back = button_rows(changed.owed[0])[0][0]["callback_data"]
    await pressed(ward, back)
    assert poll(await reviewed(ward))


async def test_whether_the_picture_gave_it_away_is_kept_with_the_answer(ward: Services) -> None:
    """The button is marked, and can be changed."""
    await answered(ward, WRONG)
    later(ward, 8 * DAY_MS)
    outcome = await voted(ward, await reviewed(ward), RIGHT)
    knew, recognised = button_rows(explanation(outcome))[1]
    for button, kept in ((recognised, 1), (knew, 0)):
        await pressed(ward, button["callback_data"])
        answers = (await ward.store.people.everything(ADA))["answers"]
        assert [answer["recognised"] for answer in answers] == [None, kept]


async def test_a_case_out_of_the_library_sleeps(ward: Services, tmp_path: Path) -> None:
    """And is asked again once it is back."""
    await answered(ward, WRONG)
    later(ward, 8 * DAY_MS)
    library = ward.library
    only_case(ward, tmp_path / "other", id="hard-lumps", questions=[question_data(id="other")])
    assert "Nothing to review yet" in text(await commit(ward, await reviewed(ward)))
    ward.library = library
    assert poll(await reviewed(ward))


async def test_new_words_keep_what_is_remembered_and_a_new_key_does_not(
    ward: Services, tmp_path: Path
) -> None:
    """An answer counts while the choices that were right then are right today."""
    await answered(ward, WRONG)
    later(ward, 8 * DAY_MS)
    reworded = question_data(prompt="Of what are they?")
    only_case(ward, tmp_path / "reworded", questions=[reworded])
    assert poll(await reviewed(ward)).params["question"] == "Of what are they?"
    choices = [{"text": "Fat", "correct": "true"}, {"text": "Calcium"}, {"text": "Urate"}]
    only_case(ward, tmp_path / "other-key", questions=[question_data(choices=choices)])
    assert "Nothing to review yet" in text(await reviewed(ward))


async def test_who_was_away_is_offered_three_things(services: Services, tmp_path: Path) -> None:
    """Once for a fortnight or more without an answer, reviews first; each is a button."""
    folder = tmp_path / "five"
    folder.mkdir()
    for number in range(5):
        write_case(folder / f"case-{number}.yaml", id=f"case-{number}", title=f"Case {number}")
    services.library = load_library(folder)
    for number in (0, 1):
        await answered(services, WRONG, name=f"case-{number}")
    later(services, 13 * DAY_MS)
    assert "Good morning" in text(await start(services, await visit(services), ""))
    later(services, DAY_MS)
    outcome = await start(services, await visit(services), "")
    assert text(outcome) == "<b>Welcome back:</b> 3 things worth doing."
    rows = [row[0] for row in button_rows(outcome.owed[0])]
    labels = [row["text"] for row in rows]
    assert sorted(labels[:2]) == ["Review: Case 0", "Review: Case 1"]
    assert labels[2] == "Case 2"
    data = rows[0]["callback_data"].removeprefix("review:")
    brought = await review_of(services, await visit(services), data)
    assert fact(brought, CasePosted).case_id == f"case-{labels[0][-1]}"
    await voted(services, brought, RIGHT)
    assert "Good morning" in text(await start(services, await visit(services), ""))
    again = await review_of(services, await visit(services), data)
    assert again.owed == ()
    assert again.toast is not None


@pytest.mark.parametrize("data", ["", "x", "x:0", "x:y", ":"])
async def test_a_review_that_no_button_names(ward: Services, data: str) -> None:
    """People can send anything."""
    outcome = await review_of(ward, await visit(ward), data)
    assert outcome.owed == ()
    assert outcome.toast is not None


async def test_a_review_has_one_question(ward: Services) -> None:
    """A button that names another of it says that it is old."""
    await answered(ward, WRONG)
    later(ward, 8 * DAY_MS)
    outcome = await commit(ward, await reviewed(ward))
    post_id = fact(outcome, CasePosted).post_id
    for verb in ("noreview", "doreview", "knew"):
        outcome = await pressed(ward, f"{verb}:{post_id:x}-1")
        assert outcome.owed == ()
        assert outcome.toast is not None


@pytest.mark.parametrize("data", ["noreview:", "noreview:zz", "knew:1-0", "doreview:1-0:2"])
async def test_what_no_button_says_changes_nothing(ward: Services, data: str) -> None:
    """People can send anything."""
    outcome = await pressed(ward, data)
    assert outcome.toast is not None
    assert outcome.owed == ()
