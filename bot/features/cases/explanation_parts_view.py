"""What an explanation is made of: verdict, key point, whys, discussion, sources, status."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.shared.answer_marks import key_label, marked_choice
from bot.features.shared.case_names import question_of
from bot.features.shared.dates import whole_date
from bot.features.shared.share_bars import share_bars
from content.citation import cite_briefly, numbers_listed
from content.codes import case_code
from content.disclosure import shareable
from content.grading import Grade, Verdict
from content.markup import Paragraph, Run, parse, plain
from content.model import Case, Question
from content.pages import TELEGRAM, Part
from content.signed_digest import Signature
from content.signing import Reviewed, reviews


class Answered(Struct, frozen=True):
    """A question of a case, and a learner's graded answer; ``chosen`` holds indexes of choices.

    ``notes`` are sentences that follow the verdict; ``signatures`` those that hold for the case.
    ``headed``: which question it is stands above, since the question itself does not.
    """

    case: Case
    question: Question
    chosen: tuple[int, ...]
    grade: Grade
    notes: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    headed: bool = False


def heading(case: Case, position: int, words: Words) -> Part:
    """The case's title, and which of its questions is explained."""
    told = _bold(words.lead + words.isolated(case.title))
    if len(case.questions) > 1:
        told = (*told, plain(f" · {question_of(position + 1, len(case.questions), words)}"))
    return Part((told,))


def verdict(answered: Answered, words: Words) -> Part:
    """Right or wrong, what was chosen, and what is right."""
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
    lines = [head, _named(words.say("You chose:"), question, sorted(answered.chosen), words)]
    if grade.verdict is not Verdict.CORRECT:
        lines.append(_named(key_label(question, words), question, question.correct, words))
    return Part((_lines(lines),))


def notes(answered: Answered) -> list[Part]:
    """What else is said of the answer, where there is anything."""
    return [Part((_lines(map(_line, answered.notes)),))] if answered.notes else []


def key_point(question: Question, words: Words) -> list[Part]:
    """The key point, where there is one."""
    if not question.key_point:
        return []
    first, *rest = parse(question.key_point)
    head = (Run(words.say("Key point:"), bold=True), plain(" "))
    return [Part(((*head, *_amid(first, words)), *rest))]


def whys(question: Question, chosen: Collection[int], words: Words) -> list[Part]:
    """Why the right choices and the learner's own are so; folded, why the others are."""
    places = range(len(question.choices))
    missed = [place for place in question.correct if place not in chosen]
    above = [*sorted(chosen), *missed]
    below = [place for place in places if place not in above]
    parts = [Part(tuple(_why(question, place, chosen, words))) for place in above]
    if below:
        others = (why for place in below for why in _why(question, place, chosen, words))
        head = _bold(words.count("The other choice", "The other choices", len(below)))
        parts.append(Part(_under(head, others), quote=True))
    return parts


def title(case: Case, words: Words) -> Part:
    """What the discussion is about, where it stands by itself: it is no new case."""
    return Part((_bold(words.say("Discussion: {title}", title=case.title)),))


def discussion(case: Case) -> list[Part]:
    """The sections of the discussion, folded together where one message holds them."""
    sections = [_under(_bold(section.heading), parse(section.text)) for section in case.discussion]
    together = Part(tuple(chain.from_iterable(sections)), quote=True)
    if TELEGRAM.hold(together):
        return [together]
    return [Part(section, quote=True) for section in sections]


def cited_here(case: Case, position: int, words: Words) -> list[Part]:
    """What a question's whys cite, folded."""
    return [Part(listed, quote=True) for listed in [_references(case, position, words)] if listed]


def sources(case: Case, words: Words) -> Part:
    """All references, and whom the case is owed to; folded."""
    listed = _references(case, len(case.questions) - 1, words)
    based_on = parse(case.based_on) if case.based_on else ()
    made = plain(" ".join(_made_by(case, words)))
    return Part((*listed, _lines([*based_on, (made,)])), quote=True)


def _references(case: Case, position: int, words: Words) -> tuple[Paragraph, ...]:
    """Where to read on, in brief, under the numbers by which texts cite them."""
    lines = [
        (plain(f"{number}. "), *cite_briefly(case.references[number - 1]))
        for number in numbers_listed(case, position)
    ]
    return (_lines([_bold(words.say("References")), *lines]),) if lines else ()


@lru_cache(maxsize=512)  # in a crowd many choose alike
def peers(
    question: Question, answers: int, counts: tuple[int, ...], words: Words
) -> tuple[Part, ...]:
    """How others answered, where they are enough for that to be shown."""
    if not shareable(answers, closed=True):
        return ()
    head = words.count("How {n} learner answered first", "How {n} learners answered first", answers)
    bars = share_bars(question, answers, dict(enumerate(counts)), words)
    return (Part((_lines([_bold(head), bars]),), quote=True),)


@lru_cache(maxsize=128)
def status(case: Case, signatures: tuple[Signature, ...], words: Words) -> Part:
    """Which clinicians have reviewed the case, and what it is not."""
    reviewed = reviewed_by(reviews(case, signatures), words)
    caution = words.say("For teaching only; not advice for the care of a patient.")
    return Part(((Run(reviewed, bold=True, italic=True), Run(f" {caution}", italic=True)),))


def reviewed_by(found: Sequence[Reviewed], words: Words) -> str:
    """All who have reviewed a case; or that nobody has."""
    said = " ".join(reviewed_on(one.name, one.on, words) for one in found)
    return said or words.say("Not yet reviewed by a clinician.")


def reviewed_on(name: str, on: date, words: Words) -> str:
    """What learners read of one of them."""
    return words.say("Reviewed by {by} on {on}.", by=name, on=whole_date(on, words))


def _made_by(case: Case, words: Words) -> Iterator[str]:
    yield words.say(
        "Case {code}: {authors}, {licence}.",
        code=case_code(case.id),
        authors=", ".join(case.authors),
        licence=case.licence,
    )
    for number, figure in enumerate(case.shown_figures, start=1):
        values: dict[str, str | int] = {
            "number": number,
            "creator": figure.creator,
            "licence": figure.licence,
        }
        yield (
            words.say("Figure: {creator}, {licence}.", **values)
            if len(case.shown_figures) == 1
            else words.say("Figure {number}: {creator}, {licence}.", **values)
        )


def _why(
    question: Question, place: int, chosen: Collection[int], words: Words
) -> tuple[Paragraph, ...]:
    head = marked_choice(question, place, words, yours=place in chosen)
    return _under(head, parse(question.choices[place].why or ""))


def _under(head: Paragraph, paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with a line above the first of them."""
    first, *rest = (*paragraphs,) or ((),)
    return (_lines([head, first]) if first else head, *rest)


def _lines(lines: Iterable[Paragraph]) -> Paragraph:
    """One paragraph of several lines."""
    first, *rest = lines
    return (*first, *(run for line in rest for run in (plain("\n"), *line)))


def _named(label: str, question: Question, places: Sequence[int], words: Words) -> Paragraph:
    texts = "; ".join(question.choices[place].text for place in places)
    return (plain(f"{label} "), Run(words.isolated(texts), bold=True))


def _amid(paragraph: Paragraph, words: Words) -> Paragraph:
    """A case's text in a line with words of ours."""
    before, after = words.isolates
    return (plain(before), *paragraph, plain(after)) if before else paragraph


def _line(text: str) -> Paragraph:
    return (plain(text),)


def _bold(text: str) -> Paragraph:
    return (Run(text, bold=True),)
