"""Every shipped case as learners meet it: each choice voted for, each explanation read whole."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.server import SandboxServer
from content.citation import cite
from content.library import SHIPPED, load_library
from content.markup import Paragraph, parse, visible
from content.model import Case, Question
from tests.support.bot import running_bot, settings_for
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import is_poll, place, text_of
from tests.support.trouble import EXPLAINED, fast_clock

CASES = load_library(SHIPPED).cases


@dataclass
class Read:
    """What a learner read after an answer: the words, and where links lead."""

    text: str = ""
    links: set[str] = field(default_factory=set)

    def take(self, message: Message) -> None:
        self.text += text_of(message) + "\n"
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
        yield cite(reference)
    yield from parse(case.based_on or "")
    for figure in case.figures:
        yield from parse(figure.creator)


async def learn(person: Person, case: Case, chosen: int) -> list[str]:
    """Go through a case, voting for one place each time; what was missing from what was read."""
    missing: list[str] = []
    after = (await person.send(f"/case {case.id}"))["message_id"]
    for position, question in enumerate(case.questions):
        poll = await person.wait_for(is_poll, after=after, timeout=60)
        missing += asked_wrong(poll, question)
        choice = question.choices[chosen % len(question.choices)]
        await person.vote(poll, [place(poll, choice.text)])
        last = position + 1 == len(case.questions)
        end = is_poll if not last else (lambda message: EXPLAINED in text_of(message))
        done = await person.wait_for(end, after=poll["message_id"], timeout=60)
        read = Read()
        for message in await person.messages(poll["message_id"]):
            if message["message_id"] <= done["message_id"]:
                read.take(message)
        verdict = "Right." if choice.correct else "Not this time."
        if len(question.correct) == 1 and verdict not in read.text:
            missing.append(f"{verdict} to {choice.text}")
        missing += read.lacks([*said_of(question), *(said_of_case(case) if last else ())])
        after = poll["message_id"]
    return missing


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


async def test_every_choice_of_every_case_is_answered_in_full(crowded: SandboxServer) -> None:
    """One learner for each choice: the verdict, every why, section, reference, link and credit."""
    async with SandboxClient(crowded.url) as sandbox:
        room = asyncio.Semaphore(4)

        async def one(case: Case, chosen: int) -> list[str]:
            async with room:
                person = await sandbox.person("Ada", language_code="en")
                missing = await learn(person, case, chosen)
                return [f"{case.id}, choice {chosen}: {text}" for text in missing]

        ways = [
            one(case, chosen)
            for case in CASES.values()
            for chosen in range(max(len(question.choices) for question in case.questions))
        ]
        found = await asyncio.gather(*ways)
    assert len(ways) >= 3 * len(CASES)
    assert [text for missing in found for text in missing] == []
