"""What a group or channel was told of its questions beside what is on record."""

import re
from collections import Counter
from pathlib import Path

from msgspec import Struct, field

from content.library import Library
from tests.soak.asked_chat import AskedChat
from tests.soak.campaign_checks import Traffic, place_of
from tests.support.chats import labels, whole
from tests.support.database import query
from tests.support.sandbox import Message

_NUMBERS = re.compile(r"Time is up\. (?:(\d+) of )?(\d+) ")
_CHOICE_BUTTON = re.compile(r"Choice \d")


class Told(Struct):
    """What is wrong or missing in chats, and which messages came again in which life."""

    closed: int = 0
    let_go: int = 0
    missing: int = 0
    miscounted: int = 0
    buttons_left: int = 0
    again: Counter[int] = field(default_factory=Counter)

    def numbers(self) -> dict[str, int]:
        """What is no promise's matter, for the table of results."""
        return {
            "questions closed": self.closed,
            "of these without results, as the bot was out": self.let_go,
        }

    def wrong(self) -> dict[str, int]:
        """What no promise allows, for the table of results."""
        return {
            "results or explanations missing": self.missing,
            "results that differ": self.miscounted,
            "closed questions with buttons": self.buttons_left,
        }


class _Question(Struct, frozen=True):
    """A question as it is on record, with the words that its messages are known by."""

    prompt: str
    key: str
    why: str
    title: str
    message_id: int | None
    answered: int
    right: int | None


async def check_told(asked: AskedChat, database: Path, library: Library, traffic: Traffic) -> Told:
    """Each closed question's results and explanation stand in its chat, and say what is kept."""
    told, messages = Told(), await asked.chat.messages()
    for question in _closed(database, library, asked.chat.id):
        told.closed += 1
        _check(asked, question, messages, told)
        for kind in (question.prompt, question.key):
            copies = [place_of(one) for one in messages if _is_of(one, kind, question)]
            told.again.update(traffic.lives[place] for place in copies[1:])
    return told


def _is_of(message: Message, kind: str, question: _Question) -> bool:
    """Whether a message puts the question, or else tells how it ended."""
    text = whole(message)
    puts = question.prompt in text
    if kind == question.prompt:
        return puts
    return not puts and (question.key in text or question.why in text)


def _check(asked: AskedChat, question: _Question, messages: list[Message], told: Told) -> None:
    texts = [whole(message) for message in messages]
    results = [text for text in texts if "Time is up" in text and question.key in text]
    explained = any(question.why in text for text in texts)
    put = next((one for one in messages if question.prompt in whole(one)), None)
    if not results or not explained:
        named = any(question.title in labels(message) for message in messages)
        out = put is None or asked.was_out(put)
        told.let_go += named or out
        told.missing += not (named or out)
        return
    for text in results:
        found = _NUMBERS.search(text)
        right, answered = (found[1], int(found[2])) if found else (None, 0)
        wrong = answered != question.answered
        wrong |= right is not None and question.right is not None and int(right) != question.right
        told.miscounted += wrong
    for message in messages:
        if message["message_id"] == question.message_id and not asked.was_out(message):
            told.buttons_left += any(map(_CHOICE_BUTTON.match, labels(message)))


def _closed(database: Path, library: Library, chat_id: int) -> list[_Question]:
    """The closed questions that arrived in a chat."""
    rows = query(
        database,
        f"""
        SELECT p.case_id, q.position, q.message_id, q.voters,
               count(a.id), coalesce(sum(a.verdict = 'correct'), 0)
        FROM questions q JOIN posts p ON p.id = q.post_id
        LEFT JOIN answers a ON a.post_id = q.post_id AND a.position = q.position
        WHERE q.chat_id = {chat_id} AND q.sent_at IS NOT NULL AND q.closed_at IS NOT NULL
        GROUP BY q.post_id, q.position
        """,
    )
    found = []
    for case_id, position, message_id, voters, answers, right in rows:
        case = library.cases[case_id]
        question = case.questions[position]
        found.append(
            _Question(
                question.prompt,
                "Correct: " + "; ".join(question.choices[n].text for n in question.correct),
                question.choices[0].why or "",
                f"{case.title} · {position + 1}",
                message_id,
                answers if voters is None else voters,
                right if voters is None else None,
            )
        )
    return found
