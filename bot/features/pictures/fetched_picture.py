"""A picture of a draft came from Telegram, bare already; or it did not."""

from msgspec.structs import replace

from bot.features.drafts.at_draft import AtDraft, at_draft
from bot.features.drafts.draft_pictures import DraftPicture
from bot.features.drafts.sent_message import wanted_of
from bot.features.pictures import picture_steps as pictures
from bot.features.pictures.fetch_pictures import PictureWanted, next_inside
from bot.features.pictures.no_picture_view import MOST_PICTURE_BYTES, NotUsable, Reason, not_taken
from bot.features.pictures.picture_steps import PICTURE_PARTS
from bot.features.shared.visitors import Visitor, receive, said
from bot.services import Services
from content.plain_picture import PlainPicture
from storage.draft_facts import DraftPictureKept
from storage.outcome import Outcome
from storage.sent_files import SentFile


async def take_fetched(services: Services, file: SentFile, came: PlainPicture | Reason) -> Outcome:
    """Put it into its draft, if that is still there and it is still wanted."""
    about = PictureWanted.from_json(file.about)
    who = await receive(services, Visitor(file.person_id, None))
    at = await at_draft(services, who, about.draft_id)
    picture = at.draft.picture(about.number) if at is not None else None
    if at is None:
        return Outcome()
    if picture is None or picture.here:
        return next_inside(at, file.message_id)
    # Its page is edited where it stands, if its author is still at the pictures.
    wanted = await wanted_of(services, file.person_id)
    at_pictures = (
        wanted is not None and wanted.draft_id == at.draft_id and wanted.part in PICTURE_PARTS
    )
    at = replace(at, pressed=at.page_id is not None)
    if isinstance(came, PlainPicture):
        room = MOST_PICTURE_BYTES - await services.store.drafts.picture_bytes(file.person_id)
        if len(came.data) > room:
            came = NotUsable.NO_ROOM
    if not isinstance(came, PlainPicture):
        at, left = pictures.leave_out(at, picture)
        return (
            left
            + _told(at, picture, came, at_pictures=at_pictures)
            + next_inside(at, file.message_id)
        )
    at, taken = _taken(at, picture, came)
    taken += next_inside(at, file.message_id)
    if not at_pictures:
        return taken
    return taken + await pictures.go_on(at)


def _taken(at: AtDraft, picture: DraftPicture, came: PlainPicture) -> tuple[AtDraft, Outcome]:
    here = replace(
        picture,
        file_id="",
        sha256=came.sha256,
        ending=came.ending,
        width=came.width,
        changes=tuple(change.value for change in came.changes),
    )
    before = at.draft.pictures
    at, kept = at.changed(at.draft.with_picture(here))
    bytes_kept = DraftPictureKept(at.draft_id, at.person_id, came.sha256, came.data)
    return at, kept + Outcome((bytes_kept,)) + pictures.dropped(at, before)


def _told(at: AtDraft, picture: DraftPicture, why: Reason, *, at_pictures: bool) -> Outcome:
    if at_pictures:
        return pictures.told_why(at, picture, why)
    return said(at.who, not_taken(at.person_id, at.draft_id, why, at.who.words))
