"""A practice session: one case after the other, paused and found again."""

from msgspec.structs import replace

from bot.features.cases.explained_question import explained_question
from bot.features.shared.question_buttons import QuestionRef
from bot.features.sittings import set_up
from bot.features.sittings.plan import CaseSource, Mode, Plan
from bot.features.sittings.sitting_buttons import SittingVerb
from bot.features.sittings.study import go_on
from bot.services import Services
from content.retiring import retiring
from content.revision import item_revision
from content.snapshot import Snapshot
from storage.facts import AnswerGiven
from storage.outcome import Outcome
from tests.storage.samples import ADA, answered
from tests.support.services import commit
from tests.support.sittings import begin, current, items, press, said, visit


async def answer_next(services: Services, verdict: str = "correct") -> None:
    """Ada answers the case that waits."""
    kept = await items(services, await current(services))
    post_id = next(item.post_id for item in kept if item.answer is None and item.counts)
    facts = [
        answered(
            ADA,
            item.post_id,
            position=item.position,
            case_id=(case := Snapshot.from_json(item.snapshot).case).id,
            question_id=case.questions[item.position].id,
            verdict=verdict,
            score=float(verdict == "correct"),
        )
        for item in kept
        if item.post_id == post_id
    ]
    await commit(services, Outcome(tuple[AnswerGiven, ...](facts)))


async def on(services: Services) -> Outcome:
    """Ada goes on by the button under an explanation."""
    return await commit(services, await go_on(services, await visit(services)))


async def test_case_after_case(services: Services) -> None:
    """Each says which of how many it is; after the last comes what was missed."""
    outcome = await begin(services, Mode.STUDY)
    _, head, *_, poll = outcome.owed
    assert (said(head), poll.method) == ("1 of 5", "sendPoll")
    for number in range(2, 6):
        await answer_next(services, "wrong" if number == 2 else "correct")
        head, *_, poll = (await on(services)).owed
        assert (said(head), poll.method) == (f"{number} of 5", "sendPoll")
    await answer_next(services)
    told = (await on(services)).owed[0]
    assert said(told).startswith("Session over: 8 of 10 questions right.")
    again = await on(services)
    assert again.toast is not None
    assert "no session open" in again.toast.text


async def test_its_cases_are_neither_open_nor_seen(services: Services) -> None:
    """Until they are answered."""
    await begin(services, Mode.STUDY)
    progress = await services.store.people.progress(ADA)
    assert (progress.seen, progress.given) == ({}, {})
    await answer_next(services)
    assert len((await services.store.people.progress(ADA)).seen) == 1


async def test_a_case_is_not_put_twice_by_an_old_button(services: Services) -> None:
    """It waits above; the command brings it again."""
    await begin(services, Mode.STUDY)
    outcome = await on(services)
    assert outcome.owed == ()
    assert outcome.toast is not None
    assert "waits for your answer" in outcome.toast.text
    sitting = await current(services)
    _, head, *_, poll = (await press(services, sitting, SittingVerb.RESUME)).owed
    assert (said(head), poll.method) == ("1 of 5", "sendPoll")


async def test_it_rests_and_goes_on(services: Services) -> None:
    """Where it was, by the command, and from the question that waits within its case."""
    await begin(services, Mode.STUDY)
    await answer_next(services)
    sitting = await current(services)
    told = (await press(services, sitting, SittingVerb.PAUSE)).owed[0]
    assert said(told) == "Paused: 1 of 5 done. /practice goes on where you are."
    assert (await current(services)).state == "paused"
    twice = await press(services, sitting, SittingVerb.PAUSE)
    assert (twice.owed, twice.toast is not None) == ((), True)
    found = await set_up.practice(services, await visit(services), "")
    assert said(found.owed[0]) == "You have a session open: 1 of 5 done."
    await press(services, sitting, SittingVerb.RESUME)
    assert (await current(services)).state == "open"


async def test_ended_early_only_what_was_answered_counts(services: Services) -> None:
    """Nothing at all, too."""
    await begin(services, Mode.STUDY)
    sitting = await current(services)
    told = (await press(services, sitting, SittingVerb.HAND_IN)).owed[0]
    assert said(told).startswith("Session over. Nothing was answered.")
    late = await press(services, sitting, SittingVerb.PAUSE)
    assert late.toast is not None
    assert late.toast.text == "Ended at 22:13 (UTC)."
    await begin(services, Mode.STUDY)
    await answer_next(services)
    sitting = await current(services)
    told = (await press(services, sitting, SittingVerb.HAND_IN)).owed[0]
    assert said(told).startswith("Session over: 2 of 2 questions right.")


async def test_what_fits_is_counted_and_what_does_not_says_so(services: Services) -> None:
    """On the page, and at a press that comes too late."""
    page = await set_up.practice(services, await visit(services), "")
    assert "6 cases fit." in said(page.owed[0])
    outcome = await begin(services, Mode.STUDY, CaseSource.MISSED)
    assert outcome.toast is not None
    assert outcome.toast.text == "No case fits that."


async def test_a_topic_is_chosen_by_button_or_word(services: Services) -> None:
    """Its page leads back to the plan."""
    (topic, *_) = services.library.topics
    page = await set_up.practice(services, await visit(services), topic)
    assert f"Topic: {topic.capitalize()}" in str(page.owed[0].params)
    who, plan = await visit(services), Plan(20, CaseSource.ALL, Mode.EXAM)
    listed = set_up.topics(services, who, f"0:{plan}", 7)
    assert f"practice:20-all-exam-{topic}" in str(listed.owed[0].params)
    for text in ("", "x:1", f"0:{plan}x-"):
        assert (await set_up.change(services, who, text, 7)).toast is not None
        assert set_up.topics(services, who, text, 7).toast is not None or text.startswith("0:")


async def test_what_was_not_answered_is_not_explained(services: Services) -> None:
    """Its poll can be answered still, and a first answer counts for all."""
    await begin(services, Mode.STUDY)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.HAND_IN)
    outcome = await press(services, sitting, SittingVerb.WHY, 0)
    assert (outcome.owed, outcome.toast is not None) == ((), True)
    ref = QuestionRef((await items(services, sitting))[0].post_id, 0)
    assert await explained_question(services, ADA, ref) is None


async def test_what_was_retired_since_it_began_does_not_come(services: Services) -> None:
    """Nor does it count; the case that waits already goes on."""
    await begin(services, Mode.STUDY)
    kept = await items(services, await current(services))
    cases = list(dict.fromkeys(Snapshot.from_json(one.snapshot).case.id for one in kept))
    retired = frozenset(
        (case.id, item_revision(snapshot, 0))
        for one in kept
        if (case := (snapshot := Snapshot.from_json(one.snapshot)).case).id
        in {*cases[:2], cases[4]}
    )
    services.library = retiring(services.library, retired)
    sitting = await current(services)
    assert said((await press(services, sitting, SittingVerb.RESUME)).owed[1]) == "1 of 5"
    await answer_next(services)
    assert said((await on(services)).owed[0]) == "3 of 5"
    services.library = replace(services.library, withdrawn={})  # they were worded anew
    await answer_next(services)
    assert said((await on(services)).owed[0]) == "4 of 5"
    await answer_next(services)
    assert said((await on(services)).owed[0]).startswith("Session over: 6 of 6 questions right.")
