"""What can be attached to a poll, its explanation or an option."""

from typing import Final

from bot.sandbox.entities.links import LinkError, parse_url
from bot.sandbox.errors import bad_request
from bot.sandbox.model import Json, Link, Place, PollMedia
from bot.sandbox.params import Params
from bot.sandbox.world import World

_FOR_POLLS: Final = frozenset({"photo", "document", "location", "venue"})
_FOR_OPTIONS: Final = frozenset({"photo", "link", "location", "venue"})


async def poll_media(
    world: World, call: Params, item: Json | None, *, for_option: bool = False
) -> PollMedia | None:
    """The media that an InputPollMedia or InputPollOptionMedia describes. Raises ApiError.

    Of Telegram's kinds the sandbox knows photos, documents, places and links.
    """
    if item is None:
        return None
    fields = Params(item, call.uploads)
    kind = fields.text("type")
    if kind not in (_FOR_OPTIONS if for_option else _FOR_POLLS):
        raise bad_request("invalid media content specified")
    if fields.text("caption"):
        raise bad_request("media caption must be empty")
    match kind:
        case "photo":
            return await world.files.picture(fields.file("media"))
        case "document":
            return world.files.documents(fields.file("media"))
        case "link":
            return _link(fields)
        case _:
            return _place(item, venue=kind == "venue")


def _link(fields: Params) -> Link:
    try:
        return Link(parse_url(fields.text("url")))
    except LinkError as error:
        raise bad_request(f"link is invalid: {error}") from error


def _place(item: Json, *, venue: bool) -> Place:
    try:
        latitude, longitude = float(item["latitude"]), float(item["longitude"])
    except (KeyError, TypeError, ValueError):
        raise bad_request("latitude and longitude must be numbers") from None
    if not venue:
        return Place(latitude, longitude)
    return Place(latitude, longitude, str(item.get("title", "")), str(item.get("address", "")))
