"""The explanation as a learner sees it: what stands before the first fold, and in which message."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from html import unescape
from statistics import median
from typing import Any

import pytest
from msgspec import Struct

from bot.base.i18n import Languages
from bot.features.cases.explanation_parts_view import Answered
from bot.features.cases.explanation_view import (
    ExplanationMessages,
    after_case,
    after_question,
    for_everybody,
    naming,
)
from bot.features.shared.messages import in_pages
from content.grading import grade
from content.markup import parse, visible
from content.model import Case
from content.pages import MESSAGE_LENGTH, Part
from content.signed_digest import Signature
from storage.outcome import Quote
from storage.tallying import NO_ANSWERS, Tally
from tests.content import samples
from tests.support.library import shipped_library

WORDS = Languages.load().words["en"]
FOLD = "<blockquote expandable>"
CAUTION = "For teaching only; not advice for the care of a patient."
FIRST_SCREEN = {True: 650, False: 850}
"""Visible characters before the first fold, in the median: after right answers, after others."""


def shown(html: str) -> str:
    """What a reader sees of a message when all is unfolded."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def before_fold(html: str) -> str:
    """What a reader sees of a message at once."""
    return shown(html.partition(FOLD)[0]).strip()


def explained(case: Case, position: int, *chosen: int, answers: int = 0) -> ExplanationMessages:
    """What follows such an answer; so many peers answered before."""
    question = case.questions[position]
    answered = Answered(case, question, chosen, grade(question, chosen))
    if position + 1 < len(case.questions):
        return after_question(answered, WORDS)
    counts = {place: answers // len(question.choices) for place in range(len(question.choices))}
    return after_case(answered, Tally(answers, counts) if answers else NO_ANSWERS, WORDS)


class Told(Struct, frozen=True):
    """What followed an answer to the question at ``position`` of a shipped case."""

    case: Case
    position: int
    right: bool
    messages: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """The one message that says what was chosen."""
        (found,) = (message for message in self.messages if "You chose: " in message)
        return found


@cache
def shipped() -> tuple[Told, ...]:
    """Every answer to every shipped question, each choice alone and the whole key; with peers."""
    return tuple(
        Told(case, position, chosen == question.correct, messages)
        for case in shipped_library().cases.values()
        for position, question in enumerate(case.questions)
        for chosen in sorted({question.correct, *((n,) for n in range(len(question.choices)))})
        for messages in [explained(case, position, *chosen, answers=60).messages]
    )


@pytest.mark.parametrize("right", [True, False])
def test_the_first_screen_is_short(right: bool) -> None:
    """In the median over the shipped library, for those who were right and for the others."""
    lengths = [len(before_fold(told.verdict)) for told in shipped() if told.right is right]
    assert len(lengths) >= 20
    assert median(lengths) <= FIRST_SCREEN[right]


def test_most_explanations_are_one_message() -> None:
    """At least half of those that follow last questions, the peers' bars included."""
    last = [told for told in shipped() if told.position + 1 == len(told.case.questions)]
    assert all("How 60 learners answered first" in told.verdict for told in last)
    assert sum(len(told.messages) == 1 for told in last) >= len(last) / 2
    between = [told for told in shipped() if told not in last]
    assert {len(told.messages) for told in between} == {1}


def test_no_shipped_explanation_takes_more_than_two_messages_and_all_end_on_the_verdict() -> None:
    """What goes ahead is to be read at leisure; review status and caution stand at the end."""
    for told in shipped():
        assert told.messages[-1] == told.verdict
        assert len(told.messages) <= 2
        assert all(len(shown(message)) <= MESSAGE_LENGTH for message in told.messages)
        if told.position + 1 == len(told.case.questions):
            assert shown(told.verdict).endswith(CAUTION)


def test_nothing_is_cut() -> None:
    """Every why and the whole discussion, whatever was chosen, each of them once."""
    for told in shipped():
        text = "\n\n".join(map(shown, told.messages))
        texts = [choice.why for choice in told.case.questions[told.position].choices]
        if told.position + 1 == len(told.case.questions):
            texts += [section.text for section in told.case.discussion]
        for one in texts:
            assert text.count(visible(parse(one or ""))) == 1


CHOICES: list[dict[str, Any]] = [
    {"text": "Fat", "why": "Fat is soft."},
    {"text": "Calcium", "correct": "true", "why": "It is stone-hard."},
    {"text": "Urate", "why": "Urate is chalky."},
]


def made(prompt: str = "What are they?", **changes: Any) -> Case:
    """A case of one question with three whys."""
    question = samples.question_data(prompt=prompt, choices=CHOICES)
    return samples.case(**{"questions": [question]} | changes)


def test_first_come_verdict_choices_key_point_and_their_whys() -> None:
    """The other choices' whys are folded."""
    (told,) = explained(made(), 0, 0).messages
    assert before_fold(told) == (
        "❌ Not this time.\nYou chose: Fat\nCorrect: Calcium\n\nKey point: Hard means calcium.\n\n"
        "✗ Fat (your choice)\nFat is soft.\n\n✓ Calcium\nIt is stone-hard."
    )
    assert f"{FOLD}<b>The other choice</b>\n✗ <b>Urate</b>\nUrate is chalky.</blockquote>" in told


def test_after_a_right_answer_one_why_is_enough() -> None:
    """What was chosen is what is right."""
    (told,) = explained(made(), 0, 1).messages
    assert before_fold(told) == (
        "✅ Right.\nYou chose: Calcium\n\nKey point: Hard means calcium.\n\n"
        "✓ Calcium (your choice)\nIt is stone-hard."
    )


def test_of_several_right_choices_the_missed_ones_come_after_the_learner_s_own() -> None:
    """All of them unfolded."""
    choices = [{**CHOICES[0], "correct": "true"}, *CHOICES[1:]]
    case = made(questions=[samples.question_data(choices=choices)])
    (told,) = explained(case, 0, 1, 2).messages
    marks = re.findall(r"[✓✗] \w+", before_fold(told))
    assert marks == ["✓ Calcium", "✗ Urate", "✓ Fat"]


@pytest.mark.parametrize(
    "prompt", ["Which is NOT true of them?", "All of these are hard, EXCEPT which one?"]
)
def test_no_true_statement_is_crossed_out(prompt: str) -> None:
    """In a question for the exception the marks are words, for the learner and the chat alike."""
    (told,) = explained(made(prompt), 0, 0).messages
    (public,) = for_everybody(made(prompt), 0, WORDS)
    assert "Right answer: Calcium" in shown(told)
    for text in map(shown, (told, public)):
        assert re.search(r"Calcium · right answer\nIt is", text)
        assert re.search(r"Fat( \(your choice\))? · not the answer\nFat is", text)
        assert not set(text) & set("✓✗")
        assert "Correct:" not in text


def long_case(sections: int) -> Case:
    """A case with so many sections of a thousand characters, and references."""
    discussion = [
        {"heading": f"Part {n}", "text": f"Of part {n}. " + "Plain words. " * 75}
        for n in range(sections)
    ]
    references = [{"title": "On lumps", "journal": "Lancet", "year": 2000, "pmid": "1"}]
    return made(discussion=discussion, references=references)


@pytest.mark.parametrize(("sections", "ahead"), [(3, 0), (4, 1), (8, 2)])
def test_a_long_discussion_goes_ahead(sections: int, ahead: int) -> None:
    """Under the case's title, section by section; the references stay with the verdict."""
    for messages in (
        explained(long_case(sections), 0, 0, answers=60).messages,
        for_everybody(long_case(sections), 0, WORDS, [Part(parse("Results."))]),
    ):
        *first, last = messages
        assert len(first) == ahead
        text = "\n".join(map(shown, messages))
        assert re.findall(r"^Of part (\d)", text, re.MULTILINE) == [str(n) for n in range(sections)]
        assert ("Part 0" in shown(last)) is (ahead == 0)
        assert all(one.startswith("<b>Discussion: Hard lumps</b>") for one in first[:1])
        assert "1. On lumps, Lancet 2000" in shown(last)
        assert shown(last).startswith(("❌ Not this time.", "Results."))
        assert shown(last).endswith(CAUTION)


def test_whys_longer_than_a_message_are_told_whole() -> None:
    """Then the last message is the one that the buttons stand under: what is said at the end."""
    choices = [{**choice, "why": f"{choice['why']} " + "Plain. " * 400} for choice in CHOICES]
    case = made(questions=[samples.question_data(choices=choices)])
    messages = explained(case, 0, 0).messages
    assert "Not this time." in messages[0]
    assert "".join(messages).count("Plain.") == 1200
    assert all(len(shown(message)) <= MESSAGE_LENGTH for message in messages)
    assert shown(messages[-1]).endswith(CAUTION)


def test_what_all_share_is_how_each_explanation_begins() -> None:
    """It is kept once, however many read it: peers' figures differ, and stand behind it."""
    for sections in (1, 4, 8):
        one, other = (explained(long_case(sections), 0, 0, answers=n) for n in (10, 60))
        assert one.common == other.common
        assert one.messages != other.messages
        for told in (one, other):
            for message, common in zip(told.messages, told.common, strict=True):
                assert message.startswith(common)


def whys_of(told: str) -> Iterator[str]:
    """The choices that have a line of their own."""
    yield from re.findall(r"^[✓✗] (\w+)", shown(told), re.MULTILINE)


def test_a_chat_reads_why_the_right_choice_is_right_and_unfolds_the_rest() -> None:
    """No choice is anybody's."""
    (told,) = for_everybody(made(), 0, WORDS, [Part(parse("Results."))])
    assert before_fold(told) == (
        "Results.\n\nKey point: Hard means calcium.\n\n✓ Calcium\nIt is stone-hard."
    )
    assert [*whys_of(told)] == ["Calcium", "Fat", "Urate"]
    assert "your choice" not in told


def test_all_who_signed_are_named_and_can_be_blotted_out() -> None:
    """Each with their day, after the case file's own; whoever is erased is not in what is owed."""
    ann = Signature("hard-lumps", "digest", 7, "Ann <Lee>", date(2026, 3, 1))
    ben = Signature("hard-lumps", "digest", 8, "Ben Ali", date(2026, 3, 2))
    texts = for_everybody(made(), 0, WORDS, signatures=(ben, ann))
    assert shown(texts[-1]).count("Reviewed by") == 2
    assert "Reviewed by Ann <Lee> on 1 Mar 2026. Reviewed by Ben Ali on 2 Mar 2026." in (
        shown(texts[-1])
    )
    *_, call = naming(in_pages(5, texts), (ann, ben))
    assert call.quotes == (Quote(7, "Ann &lt;Lee&gt;"), Quote(8, "Ben Ali"))
