"""What can be attached to a poll, its explanation or an option."""

from typing import Final

from bot.sandbox.entities.links import LinkError, parse_url
from bot.sandbox.errors import bad_request
from bot.sandbox.media import Link, Place, PollMedia
from bot.sandbox.methods.attachments import KINDS, attachment
from bot.sandbox.params import Params
from bot.sandbox.wire import Json
from bot.sandbox.world import World

_FOR_POLLS: Final = frozenset({
    "animation", "audio", "document", "live_photo", "location", "photo", "venue", "video",
})  # fmt: skip
_FOR_OPTIONS: Final = frozenset({
    "animation", "link", "live_photo", "location", "photo", "sticker", "venue", "video",
})  # fmt: skip
_VENUE: Final = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
MAX_ACCURACY: Final = 1500
"""Metres of uncertainty that a location may have."""


async def poll_media(
    world: World, call: Params, item: Json | None, *, for_option: bool = False
) -> PollMedia | None:
    """What an InputPollMedia or InputPollOptionMedia describes. Raises ApiError."""
    if item is None:
        return None
    fields = Params(item, call.uploads)
    kind = fields.text("type")
    if kind not in (_FOR_OPTIONS if for_option else _FOR_POLLS):
        raise bad_request("invalid media content specified")
    if fields.text("caption"):
        raise bad_request("media caption must be empty")
    if kind in KINDS:
        return await attachment(world, kind, fields)
    match kind:
        case "photo":
            return await world.files.picture(fields.file("media"))
        case "document":
            return world.files.documents(fields.file("media"))
        case "link":
            return _link(fields)
        case _:
            return _place(fields, venue=kind == "venue")


def _link(fields: Params) -> Link:
    try:
        return Link(parse_url(fields.text("url")))
    except LinkError as error:
        raise bad_request(f"link is invalid: {error}") from error


def _place(fields: Params, *, venue: bool) -> Place:
    location: Json = {
        "latitude": _degrees(fields, "latitude", 90),
        "longitude": _degrees(fields, "longitude", 180),
    }
    if not venue:
        accuracy = _float(fields, "horizontal_accuracy") if fields.has("horizontal_accuracy") else 0
        if not 0 <= accuracy <= MAX_ACCURACY:
            raise bad_request("wrong horizontal_accuracy specified")
        return Place(location | ({"horizontal_accuracy": accuracy} if accuracy else {}))
    for name in ("title", "address"):
        if not fields.text(name).strip():
            raise bad_request(f"venue {name} must be non-empty")
    details = {name: fields.text(name) for name in _VENUE if fields.text(name)}
    return Place(
        location, {"title": fields.text("title"), "address": fields.text("address")} | details
    )


def _degrees(fields: Params, name: str, limit: int) -> float:
    degrees = _float(fields, name)
    if not -limit <= degrees <= limit:
        raise bad_request(f"{name} must be between -{limit} and {limit}")
    return degrees


def _float(fields: Params, name: str) -> float:
    try:
        return float(fields.text(name))
    except ValueError:
        raise bad_request(f"{name} must be a number") from None
