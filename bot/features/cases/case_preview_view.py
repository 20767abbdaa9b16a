"""A case for somebody to look at who decides on it: to read, not to answer."""

from bot.base.i18n import Words
from bot.features.cases.case_view import figures, which_question
from bot.features.cases.explanation_parts_view import key_point, whys
from bot.features.cases.explanation_view import for_everybody, naming
from bot.features.shared.messages import in_pages, pages
from content.markup import Paragraph, Run, parse, plain
from content.model import Case
from content.pages import Part
from content.signed_digest import Signature
from content.snapshot import Snapshot
from storage.outcome import OwedCall


def case_preview(
    person_id: int, snapshot: Snapshot, signatures: tuple[Signature, ...], words: Words
) -> list[OwedCall]:
    """Figures, vignette, and each question with its key and its explanation."""
    case = snapshot.case
    note = Run(words.say("Preview: nobody else sees this, and nothing counts."), italic=True)
    vignette = Part(((note,), (Run(case.title, bold=True),), *parse(case.vignette)))
    calls = [*figures(snapshot, 0, person_id), *pages(person_id, [vignette])]
    for position in range(len(case.questions)):
        calls += figures(snapshot, position, person_id) if position > 0 else []
        asked = Part(_asked(case, position, words))
        told = for_everybody(case, position, words, [asked], signatures)
        calls += naming(in_pages(person_id, told), signatures)
    return calls


def _asked(case: Case, position: int, words: Words) -> tuple[Paragraph, ...]:
    question = case.questions[position]
    choices = "\n".join(
        f"{'✓' if choice.correct else '–'} {choice.text}" for choice in question.choices
    )
    which = (which_question(case, position, words),) if len(case.questions) > 1 else ()
    prompt: Paragraph = (Run(question.prompt, bold=True),)
    return (*which, *parse(question.reveal or ""), prompt, (plain(choices),))


def variant_preview(person_id: int, snapshot: Snapshot, words: Words) -> list[OwedCall]:
    """The same of a question as a review asks it in other words: what the case itself lacks."""
    case = snapshot.case
    (question,) = case.questions
    note = Run(words.say("In later reviews this question may come like this:"), italic=True)
    told = [
        Part(((note,), *parse(case.vignette))),
        Part(_asked(case, 0, words)),
        *key_point(question, words),
        *whys(question, (), words),
    ]
    return [*figures(snapshot, 0, person_id), *pages(person_id, told)]
