"""The explanation after an answer: verdict, whys, discussion, references, peers, credits."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.shared.share_bars import share_bars, shareable
from content.citation import cite, cited
from content.codes import case_code
from content.grading import Grade, Verdict
from content.markup import Paragraph, Run, parse, plain
from content.model import Case, Question, ReviewStatus
from content.pages import Layout, Part
from storage.tallying import Tally


class Answered(Struct, frozen=True):
    """A question of a case, and a learner's graded answer; ``chosen`` holds indexes of choices."""

    case: Case
    question: Question
    chosen: tuple[int, ...]
    grade: Grade


class ExplanationMessages(Struct, frozen=True):
    """HTML messages, each within Telegram's limits; ``common`` is how the first of them begin.

    That much is the same for all who chose alike.
    """

    messages: tuple[str, ...]
    common: tuple[str, ...]


@lru_cache(maxsize=512)  # many people answer one case at a time
def after_question(answered: Answered, words: Words) -> ExplanationMessages:
    """What follows any question but the last: verdict, whys, and the references they cite."""
    cited_here = _cited_in(answered.case, answered.question, words)
    messages = Layout().adding([*_on_the_answer(answered, words), *cited_here]).messages
    return ExplanationMessages(messages, messages)


def after_case(answered: Answered, tally: Tally, words: Words) -> ExplanationMessages:
    """What follows the last question: everything there is to know about the case."""
    before = _before_peers(answered, words)
    counts = tuple(tally.choices.get(place, 0) for place in range(len(answered.question.choices)))
    peers = _peers(answered.question, tally.answers, counts, words)
    layout = before.adding([*peers, _credits(answered.case, words)])
    return ExplanationMessages(layout.messages, before.messages)


@lru_cache(maxsize=512)
def _before_peers(answered: Answered, words: Words) -> Layout:
    """What is the same for all who chose alike."""
    return Layout().adding([*_on_the_answer(answered, words), *_further(answered.case, words)])


def for_everybody(case: Case, position: int, words: Words) -> list[Part]:
    """What a chat may read once a question has closed: after the last one, the whole case."""
    question = case.questions[position]
    above = [
        *(replace(part, quote=True) for part in _whys(question, (), words)),
        *_key_point(question, words),
    ]
    if position + 1 < len(case.questions):
        return [*above, *_cited_in(case, question, words)]
    return [*above, *_further(case, words), _credits(case, words)]


def _on_the_answer(answered: Answered, words: Words) -> list[Part]:
    """Verdict, whys and key point."""
    question = answered.question
    return [
        _verdict(answered, words),
        *_whys(question, answered.chosen, words),
        *_key_point(question, words),
    ]


def _cited_in(case: Case, question: Question, words: Words) -> list[Part]:
    """The references that a question's whys cite."""
    numbers = {n for choice in question.choices for n in cited(choice.why or "")}
    return _references(case, sorted(numbers), words)


def _further(case: Case, words: Words) -> list[Part]:
    """Discussion and reading list."""
    return [
        *(
            Part((_bold(section.heading), *parse(section.text)), quote=True)
            for section in case.discussion
        ),
        *_references(case, range(1, len(case.references) + 1), words),
    ]


def _bold(text: str) -> Paragraph:
    return (Run(text, bold=True),)


def _verdict(answered: Answered, words: Words) -> Part:
    question, grade = answered.question, answered.grade
    match grade.verdict:
        case Verdict.CORRECT:
            sentence = words.say("✅ **Right.**")
        case Verdict.PARTLY:
            percent = round(grade.score * 100)
            sentence = words.say(
                "🟡 **Partly right:** {percent}% of the points"
                " (right choices less wrong ones, of all right ones).",
                percent=percent,
            )
        case Verdict.WRONG:
            sentence = words.say("❌ **Not this time.**")
    (head,) = parse(sentence)
    lines = [head, _named(words.say("You chose:"), question, sorted(answered.chosen))]
    if grade.verdict is not Verdict.CORRECT:
        lines.append(_named(words.say("Correct:"), question, question.correct))
    return Part((_lines(lines),))


def _lines(lines: Iterable[Paragraph]) -> Paragraph:
    """One paragraph of several lines."""
    first, *rest = lines
    return (*first, *(run for line in rest for run in (plain("\n"), *line)))


def _named(label: str, question: Question, places: Sequence[int]) -> Paragraph:
    texts = "; ".join(question.choices[place].text for place in places)
    return (plain(f"{label} "), Run(texts, bold=True))


def _whys(question: Question, chosen: Collection[int], words: Words) -> list[Part]:
    """Why each choice is right or wrong; the learner's own is marked."""
    paragraphs: list[Paragraph] = []
    for place, choice in enumerate(question.choices):
        mark = "✓" if choice.correct else "✗"
        yours = words.say(" (your choice)") if place in chosen else ""
        head = (plain(f"{mark} "), Run(choice.text, bold=True), plain(yours))
        first, *rest = parse(choice.why or "") or ((),)
        paragraphs += [(*head, plain("\n"), *first) if first else head, *rest]
    return [Part(tuple(paragraphs))]


def _key_point(question: Question, words: Words) -> list[Part]:
    if not question.key_point:
        return []
    first, *rest = parse(question.key_point)
    return [Part(((Run(words.say("Key point:"), bold=True), plain(" "), *first), *rest))]


@lru_cache(maxsize=512)  # in a crowd many choose alike
def _peers(
    question: Question, answers: int, counts: tuple[int, ...], words: Words
) -> tuple[Part, ...]:
    if not shareable(answers, closed=True):
        return ()
    head = words.count("How {n} learner answered first", "How {n} learners answered first", answers)
    return (Part((_bold(head), share_bars(question, answers, dict(enumerate(counts))))),)


def _references(case: Case, numbers: Collection[int], words: Words) -> list[Part]:
    entries = [
        (plain(f"{number}. "), *cite(case.references[number - 1]))
        for number in numbers
        if 1 <= number <= len(case.references)
    ]
    if not entries:
        return []
    return [Part((_bold(words.say("References")), *entries), quote=True)]


@lru_cache(maxsize=128)
def _credits(case: Case, words: Words) -> Part:
    sentences = [
        words.say(
            "Case {code}: {authors}, {licence}.",
            code=case_code(case.id),
            authors=", ".join(case.authors),
            licence=case.licence,
        )
    ]
    for number, figure in enumerate(case.figures, start=1):
        values = {"number": number, "creator": figure.creator, "licence": figure.licence}
        sentences.append(
            words.say("Figure: {creator}, {licence}.", **values)
            if len(case.figures) == 1
            else words.say("Figure {number}: {creator}, {licence}.", **values)
        )
    if case.review.status is ReviewStatus.REVIEWED:
        status = words.say("Reviewed by {by} on {on}.", by=case.review.by, on=case.review.on)
    else:
        status = words.say("Not yet reviewed by a clinician.")
    caution = words.say("For teaching only; not advice for the care of a patient.")
    return Part(
        (
            *(parse(case.based_on) if case.based_on else ()),
            (Run(" ".join(sentences), italic=True),),
            (Run(status, bold=True, italic=True), Run(f" {caution}", italic=True)),
        )
    )
