"""How a case is laid out in messages, as far as content decides it."""

from content.markup import Paragraph, Run, entity_count, parse, telegram_length, to_html, visible
from content.model import Case
from content.pages import MAX_ENTITIES

DESCRIPTION_LENGTH = 1024  # Telegram's limit of a poll's description, as of a caption


def description(case: Case) -> tuple[Paragraph, ...]:
    """What stands above the first question: title, vignette, what that question reveals, caption.

    The caption is the one figure's; with several figures each carries its own.
    """
    opening = case.questions[0].reveal
    return (
        (Run(case.title, bold=True),),
        *parse(case.vignette),
        *(parse(opening) if opening else ()),
        *(caption(case, 0) if len(case.figures) == 1 else ()),
    )


def caption(case: Case, figure: int) -> tuple[Paragraph, ...]:
    """A figure's caption, in italics."""
    return tuple(
        tuple(Run(run.text, run.bold, True, run.href) for run in paragraph)
        for paragraph in parse(case.figures[figure].caption)
    )


def fits_one_message(case: Case, head: tuple[Paragraph, ...] = ()) -> bool:
    """Whether one quiz poll can hold the vignette as its description and the figure as its media.

    ``head`` stands above it. Prompt, choices and key point keep their limits in the model.
    """
    shown = (*head, *description(case))
    return (
        len(case.figures) <= 1
        and telegram_length(visible(shown)) <= DESCRIPTION_LENGTH
        and entity_count(to_html(shown)) <= MAX_ENTITIES
    )
