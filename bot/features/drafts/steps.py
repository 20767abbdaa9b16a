"""Asking for one part of a case after the other; each can be skipped, and gone back to."""

from collections.abc import Sequence

from bot.features.drafts import draft_pictures_view, draft_references_view, parts_view
from bot.features.drafts.at_draft import AtDraft
from bot.features.drafts.draft_pictures_view import DraftPictures, PictureWish
from bot.features.drafts.parts import (
    LEVELS,
    LICENCES,
    PICTURE,
    WantedPart,
    choices_of,
    shown_part,
    step_after,
    step_before,
)
from bot.features.drafts.parts_view import AskedPart
from bot.features.drafts.show_draft import as_case, page
from bot.features.shared.shown_names import harmless
from storage.outcome import Outcome

_LONGEST_NAME = 64  # visible characters


def ask(at: AtDraft, part: str, question: int = 0, notes: Sequence[str] = ()) -> Outcome:
    """Ask for a part; the next message of its author is it."""
    wanted = WantedPart(part, at.draft_id, question)
    me, words, case = at.person_id, at.who.words, at.draft.case()
    if part == PICTURE:
        return _ask_for_picture(at)
    if part == "references":
        listed = case.get(part, ())
        return at.showing(
            draft_references_view.ask_references(me, at.draft_id, listed, words), wanted
        )
    asked = AskedPart(
        at.draft_id,
        part,
        question,
        shown_part(case, part, question),
        options(at, part, question),
        shown_part(case, "choices", question) if part == "whys" else "",
        notes,
    )
    return at.showing(parts_view.ask_part(me, asked, words), wanted)


def _ask_for_picture(at: AtDraft) -> Outcome:
    """For the first; else those that there are are listed."""
    me, words, pictures = at.person_id, at.who.words, at.draft.pictures
    if pictures:
        many = len(at.draft.case().get("questions", ()))
        shown = DraftPictures(at.draft_id, pictures, many)
        return at.showing(draft_pictures_view.pictures_page(me, shown, words))
    call = draft_pictures_view.ask_for_picture(me, PictureWish(at.draft_id, step=True), words)
    return at.showing(call, WantedPart(PICTURE, at.draft_id))


def options(at: AtDraft, part: str, question: int = 0) -> list[str]:
    """What can be chosen for a part by a button."""
    match part:
        case "correct":
            return [str(each.get("text", "")) for each in choices_of(at.draft.case(), question)]
        case "level":
            return [*LEVELS]
        case "licence":
            return [*LICENCES]
        case "language":
            return [*at.services.languages.words]
        case "authors":
            name = harmless(at.who.visitor.name, _LONGEST_NAME)
            return [name] if name else []
    return []


async def go_on(at: AtDraft, after: str = "", notes: Sequence[str] = ()) -> Outcome:
    """Ask for the next part that is missing after this one; at the end the case is shown."""
    part = step_after(at.draft.case(), after)
    if part is not None:
        return ask(at, part, 0, notes)
    return await as_case(at, *notes) if after else await page(at, 0, *notes)


async def go_back(at: AtDraft, before: str) -> Outcome:
    """Ask for the part before this one."""
    part = step_before(before)
    return await page(at) if part is None else ask(at, part)
