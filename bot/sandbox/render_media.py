"""Files, photos and places as the Bot API writes them."""

from bot.sandbox.media import Attachment, Link, Picture, Place, PollMedia, StoredFile
from bot.sandbox.wire import Json, present


def file_json(stored: StoredFile) -> Json:
    """What every file object of the Bot API has."""
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
    }


def document_json(stored: StoredFile) -> Json:
    """A Document."""
    return file_json(stored) | present(file_name=stored.name, mime_type=stored.content_type)


def photo_json(picture: Picture) -> list[Json]:
    """PhotoSizes, smallest first."""
    return [
        file_json(size.file) | {"width": size.width, "height": size.height}
        for size in picture.sizes
    ]


def attachment_json(attachment: Attachment) -> Json:
    """An Animation, Audio, LivePhoto, Sticker, Video or Voice."""
    still = attachment.still
    return (
        file_json(attachment.file)
        | attachment.details
        | present(photo=photo_json(still) if still else None)
    )


def media_json(media: PollMedia) -> Json:
    """A PollMedia."""
    match media:
        case Picture():
            return {"photo": photo_json(media)}
        case StoredFile():
            return {"document": document_json(media)}
        case Attachment():
            return {media.kind: attachment_json(media)}
        case Link():
            return {"link": {"url": media.url}}
        case Place(location, None):
            return {"location": location}
        case Place(location, venue):
            return {"venue": {"location": location} | (venue or {})}
