"""Animations, audio, live photos, stickers and videos.

Nothing is decoded but pictures: sizes and durations are what the caller says, or 0.
"""

import asyncio
import io
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from PIL import Image, UnidentifiedImageError

from bot.sandbox.errors import bad_request
from bot.sandbox.media import Attachment, Picture, StoredFile
from bot.sandbox.params import Params, Upload
from bot.sandbox.wire import Json, present
from bot.sandbox.world import World

KINDS: Final[Mapping[str, str]] = {
    "animation": "CgACAgQ",
    "audio": "CQACAgQ",
    "live_photo": "BAACAgU",
    "sticker": "CAACAgI",
    "video": "BAACAgQ",
}
"""How the file_ids of each kind begin."""
STICKER_SIDE: Final = 512
"""Pixels of an animated or video sticker."""


async def attachment(world: World, kind: str, fields: Params) -> Attachment:
    """The attachment that an InputMedia of a kind describes. Raises ApiError."""
    source = fields.file("media")
    still = await _still(world, fields) if kind == "live_photo" else None
    if isinstance(source, str):
        return world.files.attachment(source, kind)
    details = await _details(kind, fields, source)
    stored = world.files.keep(source, KINDS[kind], f"{kind}s")
    return world.files.attach(Attachment(kind, stored, details | _named(kind, stored), still))


async def _still(world: World, fields: Params) -> Picture:
    return await world.files.picture(fields.file("photo"))


async def _details(kind: str, fields: Params, upload: Upload) -> Json:
    def size(name: str) -> int:
        return max(0, fields.integer(name) or 0)

    match kind:
        case "audio":
            return {"duration": size("duration")} | present(
                performer=fields.text("performer"), title=fields.text("title")
            )
        case "sticker":
            return await _sticker(fields, upload)
        case _:
            measures: Json = {name: size(name) for name in ("width", "height", "duration")}
            return measures | present(start_timestamp=size("start_timestamp") or None)


async def _sticker(fields: Params, upload: Upload) -> Json:
    suffix = PurePath(upload.name).suffix.lower()
    animated, moving = suffix == ".tgs", suffix == ".webm"
    width = height = STICKER_SIDE
    if not (animated or moving):
        width, height = await asyncio.to_thread(_measured, upload.data)
    shape = {"type": "regular", "width": width, "height": height}
    emoji = present(emoji=fields.text("emoji"))
    return shape | {"is_animated": animated, "is_video": moving} | emoji


def _measured(data: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None


def _named(kind: str, stored: StoredFile) -> Json:
    if kind == "sticker":
        return {}
    name = stored.name if kind != "live_photo" else None
    return present(file_name=name, mime_type=stored.content_type)
