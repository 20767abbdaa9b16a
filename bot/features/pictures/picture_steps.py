"""Asking an author about the pictures of a draft, one thing after the other."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.features.drafts import draft_pictures_view, steps
from bot.features.drafts.at_draft import AtDraft
from bot.features.drafts.case_draft import CaseDraft
from bot.features.drafts.draft_page_view import part_changed
from bot.features.drafts.draft_pictures import DraftPicture, let_go, numbered, staying
from bot.features.drafts.draft_pictures_view import DraftPictures, PictureWish
from bot.features.drafts.no_room_view import too_large_draft
from bot.features.drafts.parts import LICENCES, PICTURE, WantedPart, is_there, shown_part
from bot.features.drafts.show_draft import as_case, page
from bot.features.pictures import no_picture_view
from bot.features.pictures import picture_questions_view as questions
from bot.features.pictures import pictures_view as views
from bot.features.pictures.fetch_pictures import fetched
from bot.features.pictures.no_picture_view import NotUsable, Reason
from bot.features.pictures.picture_questions_view import AskedPicture
from bot.features.shared.visitors import said
from storage.draft_facts import DraftPictureDropped
from storage.outcome import Outcome

NEW_PICTURE = "picture-new"
"""What is awaited where a picture is to come in place of another; the question is its number."""
SAID_OF_PICTURE = {f"picture-{field}": field for field in ("creator", "caption", "alt")}
"""What is awaited where something is to be said of one, by the field; the same."""
PICTURE_PARTS = frozenset({PICTURE, NEW_PICTURE, *SAID_OF_PICTURE})
_BY_BUTTON = frozenset({"creator", "licence", "consent"})


async def go_on(at: AtDraft, *notes: str) -> Outcome:
    """What is not said yet of the first picture of which anything is not; else the case."""
    picture = at.draft.unanswered_picture
    if picture is not None:
        return ask(at, picture, picture.unanswered or "", notes)
    if at.draft.pictures_to_come:
        call = views.fetching_page(at.person_id, at.draft_id, at.who.words)
        return at.showing(call, WantedPart(PICTURE, at.draft_id))
    if _is_step(at):
        return await steps.go_on(at, PICTURE)
    return await as_case(at, *notes)


async def go_on_without(at: AtDraft, *notes: str) -> Outcome:
    """The same where no picture came to the case: what was shown of it stays."""
    shown = await at.services.store.drafts.previews(at.draft_id)
    if shown and not at.draft.pictures_to_come and not _is_step(at):
        return await page(at, 0, *notes)
    return await go_on(at, *notes)


def _is_step(at: AtDraft) -> bool:
    """Whether its author is being asked for one part after the other."""
    return not at.draft.texts and not is_there(at.draft.case(), "prompt")


def ask(
    at: AtDraft,
    picture: DraftPicture,
    field: str,
    notes: Sequence[str] = (),
    *,
    typed: bool = False,
) -> Outcome:
    """Ask one thing about a picture; ``typed``: who made it is to be sent."""
    pictures = staying(at.draft.pictures)
    changing = bool(getattr(picture, field)) and not typed
    unsaid = [one for one in pictures if not one.creator]
    model = _said_before(at.draft, picture)
    alike = len(unsaid) if field == "creator" and not changing and not typed and model else 0
    asked = AskedPicture(
        at.draft_id,
        picture,
        field,
        pictures.index(picture) + 1 if picture in pictures else 1,
        len(pictures),
        licences(at.draft),
        alike,
        typed,
        changing,
        notes,
    )
    wanted = WantedPart(PICTURE, at.draft_id, picture.place)
    if typed or field not in _BY_BUTTON:
        wanted = WantedPart(f"picture-{field}", at.draft_id, picture.number)
    return at.showing(questions.ask_about_picture(at.person_id, asked, at.who.words), wanted)


async def say(
    at: AtDraft, picture: DraftPicture, field: str, value: str, message_id: int | None = None
) -> Outcome:
    """Something is said of a picture; once all is that has to be before, it is fetched."""
    draft = at.draft.with_picture(picture.saying(field, value, message_id))
    if draft.too_large:
        return said(at.who, too_large_draft(at.person_id, at.draft_id, at.who.words))
    at, kept = at.changed(draft, message_id)
    kept += fetched(at, [picture])
    if getattr(picture, field):
        return kept + card(at, picture.number, changed=field)
    return kept + await go_on(at)


async def say_the_same(at: AtDraft, picture: DraftPicture) -> Outcome:
    """Of this one, and of all of which nothing is said, what was said of the one before."""
    model, draft = _said_before(at.draft, picture), at.draft
    if model is None:
        return await go_on(at)
    before = [one for one in draft.pictures if not one.creator]
    for one in before:
        draft = draft.with_picture(one.as_said_of(model))
    at, kept = at.changed(draft)
    return kept + fetched(at, before) + await go_on(at)


def leave_out(at: AtDraft, picture: DraftPicture) -> tuple[AtDraft, Outcome]:
    """Without this picture, and without its bytes, if they are here."""
    before = at.draft.pictures
    at, kept = at.changed(at.draft.without_picture(picture.number))
    return at, kept + dropped(at, before)


def dropped(at: AtDraft, before: Sequence[DraftPicture]) -> Outcome:
    """The bytes that the draft needs no more go."""
    gone = let_go(before, at.draft.pictures)
    return Outcome(tuple(DraftPictureDropped(at.draft_id, at.person_id, one) for one in gone))


def not_taken(at: AtDraft, picture: DraftPicture, why: Reason) -> Outcome:
    """A picture is not taken; another may be sent."""
    at, kept = leave_out(at, picture)
    return kept + told_why(at, picture, why)


def told_why(at: AtDraft, picture: DraftPicture, why: Reason) -> Outcome:
    """Why a picture was not taken; the next that comes is in its place."""
    call = no_picture_view.not_taken(at.person_id, at.draft_id, why, at.who.words)
    return at.showing(call, WantedPart(PICTURE, at.draft_id, picture.place))


def without_consent(at: AtDraft, picture: DraftPicture) -> Outcome:
    """It may not be published: it is not taken, and what was taken goes."""
    why = NotUsable.NO_MORE_CONSENT if picture.here else NotUsable.NO_CONSENT
    return not_taken(at, picture, why)


def ask_for_one(at: AtDraft, place: int = 0, note: str = "") -> Outcome:
    """The next picture comes with the vignette, or with a question."""
    me, words = at.person_id, at.who.words
    call = draft_pictures_view.ask_for_picture(me, PictureWish(at.draft_id, place, note), words)
    return at.showing(call, WantedPart(PICTURE, at.draft_id, place))


def ask_for_another(at: AtDraft, picture: DraftPicture) -> Outcome:
    """The next picture comes in place of this one."""
    me, words = at.person_id, at.who.words
    call = draft_pictures_view.ask_for_picture(me, PictureWish(at.draft_id, picture.place), words)
    return at.showing(call, WantedPart(NEW_PICTURE, at.draft_id, picture.number))


def listed(at: AtDraft, note: str = "") -> Outcome:
    """The draft's pictures; where there is none, one is asked for."""
    if not at.draft.pictures:
        return ask_for_one(at, note=note)
    many = len(at.draft.case().get("questions", ()))
    shown = DraftPictures(at.draft_id, at.draft.pictures, many)
    return at.showing(draft_pictures_view.pictures_page(at.person_id, shown, at.who.words, note))


def card(at: AtDraft, number: int, changed: str = "") -> Outcome:
    """One of them; ``changed`` is what has just been said anew of it."""
    picture = at.draft.picture(number)
    if picture is None:
        return listed(at)
    words = at.who.words
    note = part_changed(views.field_name(changed, words), words) if changed else ""
    return at.showing(views.picture_card(at.person_id, at.draft_id, picture, words, note))


def licences(draft: CaseDraft) -> list[str]:
    """The case's own first."""
    own = shown_part(draft.case(), "licence")
    return list(dict.fromkeys([*([own] if own else []), *LICENCES]))


def _said_before(draft: CaseDraft, picture: DraftPicture) -> DraftPicture | None:
    """The one that this replaces, or the last of which all was said that has to be."""
    replaced = numbered(draft.pictures, picture.replaces)
    others = [one for one in draft.pictures if one.may_be_taken]
    return replaced or (others[-1] if others else None)


def with_new(at: AtDraft, picture: DraftPicture) -> CaseDraft:
    """The draft with one more picture, under the next number; what it replaces lends it words."""
    number = at.draft.pictures_so_far + 1
    replaced = at.draft.picture(picture.replaces)
    if replaced is not None:
        caption = picture.caption or replaced.caption
        picture = replace(picture, place=replaced.place, caption=caption, alt=replaced.alt)
    return at.draft.with_picture(replace(picture, number=number))
