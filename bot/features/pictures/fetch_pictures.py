"""Which pictures of a draft are fetched, and how: each once all is known that has to be before.

One that stands in a document comes by itself, and of the document nothing else is kept.
"""

from collections.abc import Sequence

import msgspec

from bot.features.drafts.at_draft import AtDraft
from bot.features.drafts.draft_pictures import DraftPicture
from content.drafting import picture_in
from content.plain_picture import Flaw, PlainPicture, plain_picture
from storage.outcome import Outcome
from storage.sent_file_facts import FileSent
from storage.sent_files import SentFile

PURPOSE = "picture"
"""Of a picture that is fetched."""


class PictureWanted(msgspec.Struct, frozen=True):
    """Which picture of which draft a file is, or holds at this place, from 1."""

    draft_id: int
    number: int
    inside: int = 0

    @classmethod
    def from_json(cls, about: str) -> "PictureWanted":
        """Read what is kept with a file that was sent."""
        return msgspec.json.decode(about, type=cls)


def fetched(at: AtDraft, before: Sequence[DraftPicture]) -> Outcome:
    """Those of these are fetched that may be taken now, and could not before."""
    facts = []
    for earlier in before:
        one = at.draft.picture(earlier.number)
        if one is not None and one.may_be_taken and not (one.here or earlier.may_be_taken):
            facts.append(_to_fetch(at, one))
    return Outcome((*facts,))


def next_inside(at: AtDraft, document: int) -> Outcome:
    """Of those that this message's document holds, the next that may be taken is fetched: the
    document comes once for each.
    """
    found = (one for one in at.draft.pictures if one.inside and one.message_id == document)
    wanted = next((one for one in found if one.may_be_taken and not one.here), None)
    return Outcome() if wanted is None else Outcome((_to_fetch(at, wanted),))


def _to_fetch(at: AtDraft, one: DraftPicture) -> FileSent:
    wanted = PictureWanted(at.draft_id, one.number, one.inside)
    about = msgspec.json.encode(wanted).decode()
    return FileSent(at.person_id, one.message_id, one.file_id, "", PURPOSE, about)


def read_picture(file: SentFile, content: bytes) -> PlainPicture | Flaw:
    """The picture that was sent, or that stands in the document that was; takes seconds."""
    inside = PictureWanted.from_json(file.about).inside
    return plain_picture(picture_in(content, inside) if inside else content)
