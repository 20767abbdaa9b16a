"""What was uploaded, kept under ids that can be sent again; photos in Telegram's sizes."""

import asyncio
import hashlib
import io
import re
import secrets
from pathlib import PurePath
from typing import Final

from PIL import Image, UnidentifiedImageError

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.media import Attachment, Picture, PictureSize, StoredFile
from bot.sandbox.params import Upload

MAX_PHOTO: Final = 10 * 1024 * 1024
MAX_DIMENSIONS: Final = 10_000
"""Width and height together, in pixels."""
MAX_RATIO: Final = 20
SCALES: Final = (90, 320, 800, 1280)
"""The longest sides, in pixels, in which Telegram keeps a photo; small ones stay as they are."""

_PLAIN_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{1,16}")


class Files:
    """Every file of the sandbox by its id and by its path."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}
        self._paths: dict[str, StoredFile] = {}
        self._pictures: dict[str, Picture] = {}
        self._attachments: dict[str, Attachment] = {}

    def find(self, file_id: str) -> StoredFile | None:
        """The file with this id, or None."""
        return self._files.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file with the path that getFile gave, or None."""
        return self._paths.get(path)

    def documents(self, source: Upload | str) -> StoredFile:
        """A document from an upload or a file_id. Raises ApiError."""
        if isinstance(source, Upload):
            return self.keep(source, "BQACAgQ", "documents")
        stored = self._files.get(source)
        if stored is None or source in self._pictures or source in self._attachments:
            raise unknown_file(source)
        return stored

    def attachment(self, file_id: str, kind: str) -> Attachment:
        """An attachment sent before, to be sent again as what it was. Raises ApiError."""
        attachment = self._attachments.get(file_id)
        if attachment is None or attachment.kind != kind:
            raise unknown_file(file_id)
        return attachment

    def attach(self, attachment: Attachment) -> Attachment:
        """Remember an attachment, so that its file_id can be sent again."""
        self._attachments[attachment.file.file_id] = attachment
        return attachment

    def keep(self, upload: Upload, prefix: str, folder: str) -> StoredFile:
        """Store an upload of any kind under a new id. Raises ApiError."""
        if not upload.data:
            raise bad_request("file must be non-empty")
        return self._keep(prefix, folder, upload.data, upload.content_type, upload.name)

    async def picture(self, source: Upload | str) -> Picture:
        """A photo from an upload or the file_id of any of its sizes. Raises ApiError."""
        if isinstance(source, str):
            try:
                return self._pictures[source]
            except KeyError:
                raise unknown_file(source) from None
        if len(source.data) > MAX_PHOTO:
            raise bad_request("file is too big")
        scaled = await asyncio.to_thread(scale, source.data)
        picture = Picture(
            tuple(
                PictureSize(
                    width, height, self._keep("AgACAgQ", "photos", data, "image/jpeg", None)
                )
                for width, height, data in scaled
            )
        )
        self._pictures.update((size.file.file_id, picture) for size in picture.sizes)
        return picture

    def _keep(
        self, prefix: str, folder: str, data: bytes, content_type: str, name: str | None
    ) -> StoredFile:
        suffix = ".jpg" if folder == "photos" else _suffix(name or "")
        stored = StoredFile(
            file_id=prefix + secrets.token_urlsafe(40),
            unique_id=hashlib.sha256(data).hexdigest()[:16],
            path=f"{folder}/file_{len(self._files)}{suffix}",
            data=data,
            content_type=content_type,
            name=name,
        )
        self._files[stored.file_id] = stored
        self._paths[stored.path] = stored
        return stored


def _suffix(name: str) -> str:
    """How a file's name ends, where that can stand in an address as it is."""
    suffix = PurePath(name).suffix
    return suffix if _PLAIN_SUFFIX.fullmatch(suffix) else ""


def scale(data: bytes) -> list[tuple[int, int, bytes]]:
    """Width, height and JPEG bytes of every size that Telegram would make. Raises ApiError."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            _check_dimensions(*image.size)
            image.load()
            plain = _on_white(image)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    longest = max(plain.size)
    sides = [side for side in SCALES if side < longest][: len(SCALES)]
    if longest <= SCALES[-1]:
        sides.append(longest)
    sizes = []
    for side in sides:
        shape = tuple(max(1, round(length * side / longest)) for length in plain.size)
        resized = plain if side == longest else plain.resize((shape[0], shape[1]))
        target = io.BytesIO()
        resized.save(target, "JPEG", quality=87)
        sizes.append((resized.width, resized.height, target.getvalue()))
    return sizes


def _check_dimensions(width: int, height: int) -> None:
    if width + height > MAX_DIMENSIONS or max(width, height) > MAX_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image.copy()
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    paper.alpha_composite(layer)
    return paper.convert("RGB")


def unknown_file(reference: str) -> ApiError:
    """The refusal of a reference that is no file here."""
    if not reference:
        return bad_request("there is no file in the request")
    return bad_request("wrong file identifier/HTTP URL specified")
