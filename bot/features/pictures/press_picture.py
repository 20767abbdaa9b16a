"""Presses of buttons about a draft's pictures; whose the draft is was judged before."""

from collections.abc import Awaitable, Callable, Mapping

from bot.features.drafts.at_draft import AtDraft
from bot.features.drafts.draft_buttons import DraftPress, DraftVerb
from bot.features.drafts.draft_pictures import ALL_THAT_IS_ASKED, DraftPicture
from bot.features.pictures import picture_steps as pictures
from bot.features.pictures import pictures_view as views
from bot.features.pictures.picture_buttons import AS_BEFORE, ME, SOMEBODY, ConsentSaid, said_by
from bot.features.shared.shown_names import harmless
from bot.features.shared.texts import old_button
from storage.outcome import Outcome

_LONGEST_NAME = 64  # visible characters


async def _pictures(at: AtDraft, _pressed: DraftPress) -> Outcome:
    return pictures.listed(at)


async def _picture(at: AtDraft, pressed: DraftPress) -> Outcome:
    return pictures.card(at, pressed.number)


async def _add(at: AtDraft, pressed: DraftPress) -> Outcome:
    questions = len(at.draft.case().get("questions", ()))
    return pictures.ask_for_one(at, pressed.number if pressed.number <= questions else 0)


async def _next(at: AtDraft, _pressed: DraftPress) -> Outcome:
    return await pictures.go_on_without(at)


async def _ask(at: AtDraft, pressed: DraftPress) -> Outcome:
    picture = at.draft.picture(pressed.number)
    if picture is None or pressed.part not in ALL_THAT_IS_ASKED:
        return _old(at)
    return pictures.ask(at, picture, pressed.part)


async def _new(at: AtDraft, pressed: DraftPress) -> Outcome:
    picture = at.draft.picture(pressed.number)
    return _old(at) if picture is None else pictures.ask_for_another(at, picture)


async def _gone(at: AtDraft, pressed: DraftPress) -> Outcome:
    picture = at.draft.picture(pressed.number)
    if picture is None:
        return _old(at)
    was_whole = picture.whole
    at, kept = pictures.leave_out(at, picture)
    note = views.picture_removed(at.who.words)
    if was_whole and at.draft.pictures:
        return kept + pictures.listed(at, note)
    return kept + await pictures.go_on_without(at, note)


async def _say(at: AtDraft, pressed: DraftPress) -> Outcome:
    picture = at.draft.picture(pressed.number)
    if picture is None:
        return _old(at)
    match said_by(pressed.part):
        case ("creator", value) if value == AS_BEFORE:
            return await pictures.say_the_same(at, picture)
        case ("creator", value) if value == SOMEBODY:
            return pictures.ask(at, picture, "creator", typed=True)
        case ("creator", value) if value == ME:
            return await _made_it(at, picture)
        case ("licence", value) if value in pictures.licences(at.draft):
            return await pictures.say(at, picture, "licence", value)
        case ("consent", value) if value == ConsentSaid.NO:
            return pictures.without_consent(at, picture)
        case ("consent", value) if value in {*ConsentSaid}:
            return await pictures.say(at, picture, "consent", value)
    return _old(at)


async def _made_it(at: AtDraft, picture: DraftPicture) -> Outcome:
    """By the name under which the case is written, or else their own."""
    author = next(iter(at.draft.case().get("authors", ())), "")
    name = str(author) or harmless(at.who.visitor.name, _LONGEST_NAME)
    if not name:
        return pictures.ask(at, picture, "creator", typed=True)
    return await pictures.say(at, picture, "creator", name)


def _old(at: AtDraft) -> Outcome:
    return Outcome((at.who.met,), toast=old_button(at.who.words))


PICTURE_ACTS: Mapping[DraftVerb, Callable[[AtDraft, DraftPress], Awaitable[Outcome]]] = {
    DraftVerb.PICTURES: _pictures,
    DraftVerb.PICTURE: _picture,
    DraftVerb.PICTURE_ADD: _add,
    DraftVerb.PICTURE_NEXT: _next,
    DraftVerb.PICTURE_ASK: _ask,
    DraftVerb.PICTURE_NEW: _new,
    DraftVerb.PICTURE_GONE: _gone,
    DraftVerb.PICTURE_SAY: _say,
}
