"""How a chat answered a case: what is added up, and where it is told."""

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.features.results.case_results import results, together
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from content.codes import case_code
from content.snapshot import Snapshot
from storage.chat_results import QuestionResult
from storage.facts import PersonLeft, PersonMet
from storage.outcome import Outcome
from storage.question_facts import QuestionClosed, TotalsSeen
from storage.questions import PutQuestion
from tests.content.samples import case, question_data
from tests.storage.samples import ADA, BEN, GROUP, NOW
from tests.support.served_chats import ANONYMOUS, answer, join, put, said, served
from tests.support.services import commit, only_case

RIGHT, WRONG = 1, 0


async def told(services: Services, text: str) -> list[tuple[int, str]]:
    """Where what is said when an administrator writes this after the command."""
    visit = await receive(services, Visitor(ADA, "en"))
    outcome = await results(services, await served(services), visit, text)
    assert outcome.facts == ()
    return [(call.chat_id, said(call)) for call in outcome.owed]


async def told_in_private(services: Services) -> str:
    """The results of the first case, as an administrator reads them."""
    (_, text), _ = await told(services, "made-0")
    return unescape(text)


async def asked(services: Services, name: str = "made-0", *, over: bool = True) -> PutQuestion:
    """A case's first question was put to the group, and is over."""
    question = await put(services, await join(services), services.library.cases[name])
    if over:
        await close(services, question)
    return question


async def close(services: Services, question: PutQuestion) -> None:
    """The question takes no more answers."""
    closed = QuestionClosed(question.post_id, question.position, services.clock.now())
    await commit(services, Outcome((closed,)))


async def meet(services: Services, *person_ids: int) -> None:
    """These people have written to the bot."""
    await commit(services, Outcome(tuple(PersonMet(one, "en", NOW) for one in person_ids)))


@pytest.mark.parametrize("text", ["made-1", "Atlantis"])
async def test_what_was_never_asked_here_has_no_results(services: Services, text: str) -> None:
    """Whether the library has it or not."""
    await meet(services, ADA)
    await asked(services)
    ((chat_id, line),) = await told(services, text)
    assert chat_id == GROUP
    assert line.startswith("No such case has been posted here.")


async def test_results_go_to_whoever_asked(services: Services) -> None:
    """In private, those of open questions too; the group hears where they went."""
    await meet(services, ADA)
    over = await asked(services, over=False)
    for person_id in range(1, 6):
        await answer(services, over, person_id, WRONG if person_id == 1 else RIGHT)
    await close(services, over)
    question = await asked(services, over=False)
    await answer(services, question, BEN, RIGHT)
    (private, text), (group, line) = await told(services, case_code("made-0"))
    assert (private, group) == (ADA, GROUP)
    assert text.startswith("<b>Made case 0</b>")
    assert "4 of 5 answers right (asked 2 times)." in text
    assert "1 more has answered." in text
    assert line == "I have sent you the results in private."


@pytest.mark.parametrize(("crowd", "told"), [(19, "> 95%"), (20, "100%")])
async def test_that_all_were_right_is_said_of_twenty_alone(
    services: Services, crowd: int, told: str
) -> None:
    """However often they were asked: an end of the sum is an end of each time."""
    await meet(services, ADA)
    for _ in range(2):
        over = await asked(services, over=False)
        for person_id in range(1, crowd + 1):
            await answer(services, over, person_id, RIGHT)
        await close(services, over)
    text = await told_in_private(services)
    number = 2 * crowd
    assert f"{told} Choice 1 of 0-a" in text
    assert (f"{number} of {number} answers right (asked 2 times)." in text) is (crowd == 20)
    assert (f"\n{number} answers (asked 2 times)." in text) is (crowd == 19)


@pytest.mark.parametrize("how", ["never met", "blocked"])
async def test_who_cannot_be_written_to_is_told_how(services: Services, how: str) -> None:
    """The group reads nothing that is for its administrators alone."""
    if how == "blocked":
        await meet(services, ADA)
        await commit(services, Outcome((PersonLeft(ADA, NOW),)))
    await asked(services)
    ((chat_id, line),) = await told(services, "made-0")
    assert chat_id == GROUP
    assert line.startswith("Results come in private.")
    assert "https://t.me/morning_report_bot" in line


async def test_a_case_that_left_the_library_still_has_results(
    services: Services, tmp_path: Path
) -> None:
    """By its id, however it is written; under the title that it had last."""
    await asked(services)
    only_case(services, tmp_path / "other")
    await meet(services, ADA)
    (_, text), _ = await told(services, "Made-0")
    assert "Made case 0" in text


async def test_the_title_is_that_of_the_latest_time(services: Services, tmp_path: Path) -> None:
    """A title may have been mended since."""
    for number, title in enumerate(("Old title", "New title")):
        only_case(services, tmp_path / str(number), title=title)
        await asked(services, "hard-lumps")
    await meet(services, ADA)
    (_, text), _ = await told(services, "hard-lumps")
    assert text.startswith("<b>New title</b>")


def result(right: int = 0, voters: int = 0, **changes: Any) -> QuestionResult:
    """How a question was answered once: all who were right took the second of three choices."""
    counts = {RIGHT: right, WRONG: voters - right}
    document = snapshot_of()
    plain = QuestionResult(1, 0, "lumps", document, NOW, None, voters, right, counts)
    return replace(plain, **changes)


def snapshot_of(**changes: Any) -> str:
    """A case's snapshot, as it is stored."""
    return Snapshot(case(questions=[question_data(**changes)]), ()).to_json()


def test_several_times_of_one_wording_add_up() -> None:
    """Answers, right ones and choices; a question asked once stands as it was."""
    (one,) = together([result(right=2, voters=5), result(right=3, voters=6)])
    assert (one.times, one.voters, one.right, one.others, one.people) == (2, 11, 5, 0, 5)
    assert dict(one.counts) == {RIGHT: 5, WRONG: 6}
    (once,) = together([result(right=2, voters=5)])
    assert (once.times, once.voters, once.right) == (1, 5, 2)


def test_each_time_decides_for_itself_whether_its_answers_are_shown() -> None:
    """Of fewer than five, or of a question that is still open, how many there were is all."""
    few, still_open = result(right=4, voters=4), result(right=3, voters=9, closed_at=None)
    (one,) = together([few, result(right=2, voters=5), still_open])
    assert (one.times, one.voters, one.right, one.others, one.people) == (3, 5, 2, 13, 5)
    assert dict(one.counts) == {RIGHT: 2, WRONG: 3}
    (none,) = together([few, few])
    assert (none.times, none.voters, none.right, none.others) == (2, 0, 0, 8)
    assert dict(none.counts) == {}


def test_wordings_are_kept_apart() -> None:
    """Another prompt is another question; its answers do not count together."""
    other = snapshot_of(prompt="What else?")
    found = together([result(voters=5), result(voters=6, snapshot=other), result(voters=7)])
    assert [(one.question.prompt, one.voters) for one in found] == [
        ("What are they?", 12),
        ("What else?", 6),
    ]


def test_anonymous_polls_count_by_their_totals() -> None:
    """As many as took the right choice were right; where several are, nobody knows."""
    (one,) = together([result(voters=9, totals=(2, 6, 1)), result(right=5, voters=5)])
    assert (one.voters, one.right, dict(one.counts)) == (14, 11, {0: 2, RIGHT: 11, 2: 1})
    choices = [{"text": text, "correct": text != "Fat"} for text in ("Fat", "Calcium", "Urate")]
    several = snapshot_of(choices=choices)
    known = result(right=5, voters=5, snapshot=several)
    unknown = result(voters=9, snapshot=several, totals=(2, 6, 5))
    for order in ([unknown, known], [known, unknown], [unknown, unknown]):
        (one,) = together(order)
        assert one.right is None
    (one,) = together([known, known])
    assert one.right == 10


async def test_an_anonymous_poll_s_results_are_read_from_its_totals(services: Services) -> None:
    """As Telegram told them last."""
    served_chat = await join(services, ANONYMOUS, kind="channel")
    question = await put(services, served_chat, services.library.cases["made-0"])
    await commit(services, Outcome((TotalsSeen("poll 1", (3, 4, 0), 7),)))
    await close(services, question)
    await meet(services, ADA)
    (_, text), _ = await told(services, "made-0")
    assert "4 of 7 answers right" in text
