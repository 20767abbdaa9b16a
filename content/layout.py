"""How a case is laid out in messages, as far as content decides it."""

from content.markup import Paragraph, Run, entity_count, parse, telegram_length, to_html, visible
from content.model import Case, Figure
from content.pages import MAX_ENTITIES

DESCRIPTION_LENGTH = 1024  # Telegram's limit of a poll's description, as of a caption


def description(case: Case) -> tuple[Paragraph, ...]:
    """What stands above the first question: title, vignette, what that question reveals, caption.

    The caption is the one figure's; with several figures each carries its own.
    """
    return ((Run(case.title, bold=True),), *parse(case.vignette), *news(case, 0))


def news(case: Case, position: int) -> tuple[Paragraph, ...]:
    """What comes with a question: what it reveals, and the caption where there is one figure."""
    figures = case.figures_with(position)
    return (
        *parse(case.questions[position].reveal or ""),
        *(caption(figures[0]) if len(figures) == 1 else ()),
    )


def caption(figure: Figure) -> tuple[Paragraph, ...]:
    """A figure's caption, in italics."""
    return tuple(
        tuple(Run(run.text, run.bold, True, run.href) for run in paragraph)
        for paragraph in parse(figure.caption)
    )


def fits_one_message(case: Case, head: tuple[Paragraph, ...] = ()) -> bool:
    """Whether one quiz poll can hold the vignette as its description and the figure as its media.

    ``head`` stands above it. Prompt, choices and key point keep their limits in the model.
    """
    shown = (*head, *description(case))
    return len(case.figures_with(0)) <= 1 and fits_description(shown)


def fits_description(shown: tuple[Paragraph, ...]) -> bool:
    """Whether a quiz poll takes this as its description."""
    return (
        telegram_length(visible(shown)) <= DESCRIPTION_LENGTH
        and entity_count(to_html(shown)) <= MAX_ENTITIES
    )
