"""Every shipped case as learners meet it: asked and read whole, each choice voted for."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct, field

from bot.sandbox.server import SandboxServer
from content.citation import cite_briefly
from content.codes import case_code
from content.markup import Paragraph, parse, visible
from content.model import Case, Question, ReviewStatus
from tests.support.bot import running_bot, settings_for
from tests.support.library import shipped_library
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import is_poll, place, says, text_of
from tests.support.trouble import fast_clock

CASES = shipped_library().cases
LAST_WORDS = "For teaching only; not advice for the care of a patient."
"""How the explanation of a case ends."""


class Read(Struct):
    """What a learner read: the words, how many pictures, and where links lead."""

    text: str = ""
    pictures: int = 0
    links: set[str] = field(default_factory=set)

    def take(self, message: Message) -> None:
        poll = message.get("poll", {})
        said = (text_of(message), message.get("caption", ""), poll.get("description", ""))
        self.text += "\n".join(said) + "\n"
        self.pictures += ("photo" in message) + ("photo" in poll.get("media", {}))
        for entity in message.get("entities", []):
            if "url" in entity:
                self.links.add(entity["url"])

    def lacks(self, paragraphs: Sequence[Paragraph]) -> list[str]:
        """What of these paragraphs was not there, wherever messages were split."""
        letters = "".join(self.text.split())
        missing = [
            text
            for paragraph in paragraphs
            if "".join((text := visible([paragraph])).split()) not in letters
        ]
        links = {run.href for paragraph in paragraphs for run in paragraph if run.href}
        return missing + sorted(links - self.links)


def story_of(case: Case, position: int) -> Iterator[Paragraph]:
    """What a learner reads before a question: the story, or what has happened since."""
    if position == 0:
        yield from parse(case.title)
        yield from parse(case.vignette)
    for figure in case.figures_with(position):
        yield from parse(figure.caption)
    yield from parse(case.questions[position].reveal or "")


def said_of(question: Question) -> Iterator[Paragraph]:
    """What the explanation of a question says, whatever was chosen."""
    for choice in question.choices:
        yield from parse(choice.why or "")
    yield from parse(question.key_point or "")


def said_of_case(case: Case) -> Iterator[Paragraph]:
    """What follows the last answer besides."""
    for section in case.discussion:
        yield from parse(section.heading)
        yield from parse(section.text)
    for reference in case.references:
        yield cite_briefly(reference)
    yield from parse(case.based_on or "")
    for number, figure in enumerate(case.shown_figures, start=1):
        name = "Figure" if len(case.shown_figures) == 1 else f"Figure {number}"
        yield from parse(f"{name}: {figure.creator}, {figure.licence}.")
    yield from parse(f"Case {case_code(case.id)}: {', '.join(case.authors)}, {case.licence}.")
    signed = case.review.status is ReviewStatus.REVIEWED
    by = f"Reviewed by {case.review.by} on {case.review.on}."
    yield from parse(by if signed else "Not yet reviewed by a clinician.")


def ballots(question: Question) -> list[tuple[int, ...]]:
    """Each choice alone, and all right ones together where there are several."""
    alone = [(place,) for place in range(len(question.choices))]
    return alone + ([question.correct] if len(question.correct) > 1 else [])


def verdict_on(question: Question, ballot: tuple[int, ...]) -> str:
    """How the explanation of one of these ballots begins."""
    if ballot == question.correct:
        return "Right."
    return "Partly right:" if set(ballot) < set(question.correct) else "Not this time."


async def learn(person: Person, case: Case, way: int) -> list[str]:
    """Go through a case, voting with one ballot each time; what was missing from what was read."""
    missing: list[str] = []
    after = (await person.send(f"/case {case.id}"))["message_id"]
    for position, question in enumerate(case.questions):
        poll = await person.wait_for(is_poll, after=after, timeout=60)
        story = await read_between(person, after, poll)
        missing += story.lacks([*story_of(case, position)]) + asked_wrong(poll, question)
        if story.pictures != len(case.figures_with(position)):
            missing.append("the figures")
        ballot = ballots(question)[way % len(ballots(question))]
        await person.vote(poll, [place(poll, question.choices[n].text) for n in ballot])
        last = position + 1 == len(case.questions)
        end = is_poll if not last else says(LAST_WORDS)
        done = await person.wait_for(end, after=poll["message_id"], timeout=60)
        read = await read_between(person, poll["message_id"], done)
        told = [m for m in await person.messages(poll["message_id"]) if not is_poll(m)]
        if not any(verdict_on(question, ballot) in text_of(m).partition("\n")[0] for m in told):
            missing.append(f"{verdict_on(question, ballot)} at the head of a message")
        if last and verdict_on(question, ballot) not in text_of(told[-1]):
            missing.append("the verdict at the chat's end")
        missing += read.lacks([*said_of(question), *(said_of_case(case) if last else ())])
        after = poll["message_id"]
    return missing


async def read_between(person: Person, after: int, last: Message) -> Read:
    """What was written after one message, up to another."""
    read = Read()
    for message in await person.messages(after):
        if message["message_id"] <= last["message_id"]:
            read.take(message)
    return read


def asked_wrong(poll: Message, question: Question) -> list[str]:
    """How a poll differs from its question."""
    shown: dict[str, Any] = poll["poll"]
    differing = []
    if shown["question"] != question.prompt:
        differing.append(question.prompt)
    if [option["text"] for option in shown["options"]] != [c.text for c in question.choices]:
        differing.append("the choices")
    if shown["allows_multiple_answers"] != (len(question.correct) > 1):
        differing.append("how many may be chosen")
    return differing


@pytest.fixture
async def crowded(tmp_path: Path) -> Any:
    """The shipped library on a bot that sends as fast as it can."""
    clock = fast_clock(50)
    server = SandboxServer(clock=clock)
    await server.start()
    async with running_bot(settings_for(server.url, tmp_path, clock=clock)):
        yield server
    await server.stop()


@pytest.mark.long
async def test_every_choice_of_every_case_is_answered_in_full(crowded: SandboxServer) -> None:
    """One learner for each ballot: the story, the verdict, every why, section, reference and link.

    Credits and review status too.
    """
    async with SandboxClient(crowded.url) as sandbox:
        room = asyncio.Semaphore(4)

        async def one(case: Case, way: int) -> list[str]:
            async with room:
                person = await sandbox.person("Ada", language_code="en")
                missing = await learn(person, case, way)
                return [f"{case.id}, ballot {way}: {text}" for text in missing]

        ways = [
            one(case, way)
            for case in CASES.values()
            for way in range(max(len(ballots(question)) for question in case.questions))
        ]
        found = await asyncio.gather(*ways)
    assert len(ways) >= 3 * len(CASES)
    assert [text for missing in found for text in missing] == []
