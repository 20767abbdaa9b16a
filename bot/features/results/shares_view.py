"""How a chat did: how many answered, and where enough did, shares per choice as text bars."""

from collections.abc import Mapping

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.shared.answer_marks import key_label
from bot.features.shared.share_bars import share_bars
from bot.features.shared.shown_names import shown_name
from content.disclosure import End, coded, shareable
from content.markup import Paragraph, Run, parse, plain
from content.model import Case, Question
from content.pages import Part


class QuestionResults(Struct, frozen=True):
    """The outcome of a question in a chat. ``counts`` maps a choice's place to its answers.

    ``right`` is None where only the choices' counts are known, and a voter may have made several.
    ``first_right``: the id and the name of who was, where they agreed to be named.
    ``forwarded``: votes in copies elsewhere may be among them.
    """

    voters: int
    right: int | None
    counts: Mapping[int, int]
    first_right: tuple[int, str] | None = None
    forwarded: bool = False


def title_part(case: Case, question: Question) -> Part:
    """Which question it is about, for where it does not stand."""
    return Part(((Run(case.title, bold=True),), (plain(question.prompt),)))


def results_part(question: Question, results: QuestionResults, words: Words) -> Part:
    """The key, and how everybody answered."""
    key = "; ".join(question.choices[place].text for place in question.correct)
    answer: Paragraph = (
        plain(f"{key_label(question, words)} "),
        Run(words.isolated(key), bold=True),
    )
    if not results.voters:
        return Part((*parse(words.say("⏰ **Time is up.** Nobody answered.")), answer))
    below = []
    shown = shareable(results.voters, closed=True)
    if shown:
        below.append(share_bars(question, shown, results.counts, words))
    _, said = first_part(results, words)
    if said:
        below.append((plain(said),))
    if results.forwarded:
        below.append((plain(words.say("Votes in forwarded copies are included.")),))
    return Part((*parse(_head(results, words)), answer, *below))


def first_part(results: QuestionResults, words: Words) -> tuple[int | None, str | None]:
    """Who was right first, and the sentence that names them; None where nobody is named."""
    if results.first_right is None:
        return None, None
    person_id, name = results.first_right
    return person_id, words.say("First to be right: {name}", name=shown_name(name, words))


def _head(results: QuestionResults, words: Words) -> str:
    if not shareable(results.voters, closed=True):
        return words.count(
            "⏰ **Time is up.** {n} has answered.",
            "⏰ **Time is up.** {n} have answered.",
            results.voters,
        )
    if results.right is None or _at_an_end(results.right, results.voters):
        return words.count(
            "⏰ **Time is up.** {n} person voted.",
            "⏰ **Time is up.** {n} people voted.",
            results.voters,
        )
    return words.count(
        "⏰ **Time is up.** {n} of {voters} voters was right.",
        "⏰ **Time is up.** {n} of {voters} voters were right.",
        results.right,
        voters=results.voters,
    )


def _at_an_end(right: int, voters: int) -> bool:
    """Whether the number would tell what the shares do not."""
    return isinstance(coded(right / voters, voters), End)
