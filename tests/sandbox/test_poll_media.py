"""What can be attached to polls, explanations and options, kind by kind."""

import json
from typing import Any

import pytest

from tests.sandbox.conftest import RawBot, picture, refused
from tests.support.sandbox import Person

PLACE = {"latitude": 46.5, "longitude": 6.6}
VENUE = {"type": "venue", **PLACE, "title": "Ward", "address": "Rue 1"}
FILE = {"media": "attach://file"}
FOR_BOTH: dict[str, dict[str, Any]] = {
    "animation": {"type": "animation", **FILE, "width": 4, "height": 3, "duration": 2},
    "live_photo": {"type": "live_photo", **FILE, "photo": "attach://still"},
    "location": {"type": "location", **PLACE, "horizontal_accuracy": 20},
    "photo": {"type": "photo", "media": "attach://still"},
    "venue": VENUE | {"google_place_type": "hospital"},
    "video": {"type": "video", **FILE, "start_timestamp": 3},
}
FOR_POLLS = FOR_BOTH | {
    "audio": {"type": "audio", **FILE, "performer": "Heart", "title": "S3"},
    "document": {"type": "document", **FILE},
}
FOR_OPTIONS = FOR_BOTH | {
    "link": {"type": "link", "url": "https://example.org/"},
    "sticker": {"type": "sticker", "media": "attach://still", "emoji": "🙂"},
}


async def send(bot: RawBot, person: Person, **params: Any) -> dict[str, Any]:
    """A quiz with a clip and a still among its files."""
    sent: dict[str, Any] = await bot.upload(
        "sendPoll",
        {"file": ("clip.mp4", b"some bytes", "video/mp4"), "still": ("a.png", picture())},
        chat_id=person.id,
        question="Which?",
        type="quiz",
        correct_option_ids="[0]",
        **{"options": json.dumps(["a", "b"])}
        | {name: json.dumps(value) for name, value in params.items()},
    )
    return sent


@pytest.mark.parametrize("kind", FOR_POLLS)
async def test_poll_and_explanation_carry_every_kind(bot: RawBot, ada: Person, kind: str) -> None:
    """Each kind comes back under its name, with the fields that were given."""
    item = FOR_POLLS[kind]
    sent = (await send(bot, ada, media=item, explanation_media=item))["poll"]
    assert list(sent["media"]) == list(sent["explanation_media"]) == [kind]


@pytest.mark.parametrize("kind", FOR_OPTIONS)
async def test_options_carry_every_kind(bot: RawBot, ada: Person, kind: str) -> None:
    """Options have a sticker and a link in the place of audio and documents."""
    sent = await send(bot, ada, options=[{"text": "a", "media": FOR_OPTIONS[kind]}, "b"])
    [first, second] = sent["poll"]["options"]
    assert list(first["media"]) == [kind]
    assert "media" not in second


async def test_sizes_are_those_given(bot: RawBot, ada: Person) -> None:
    """Nothing is decoded: an animation is as large as the caller says, an unknown size 0."""
    sent = (await send(bot, ada, media=FOR_POLLS["animation"]))["poll"]["media"]["animation"]
    assert {name: sent[name] for name in ("width", "height", "duration", "file_size")} == {
        "width": 4,
        "height": 3,
        "duration": 2,
        "file_size": len(b"some bytes"),
    }
    video = (await send(bot, ada, media=FOR_POLLS["video"]))["poll"]["media"]["video"]
    assert (video["width"], video["duration"], video["start_timestamp"]) == (0, 0, 3)
    assert (video["file_name"], video["mime_type"]) == ("clip.mp4", "video/mp4")


async def test_sticker_is_measured(bot: RawBot, ada: Person) -> None:
    """A still sticker is a picture with its own size."""
    sent = await send(bot, ada, options=[{"text": "a", "media": FOR_OPTIONS["sticker"]}])
    sticker = sent["poll"]["options"][0]["media"]["sticker"]
    assert (sticker["width"], sticker["height"], sticker["emoji"]) == (200, 100, "🙂")


async def test_file_is_sent_again_by_its_id(bot: RawBot, ada: Person) -> None:
    """The file_id of a kind can be sent again as that kind, and as no other."""
    video = (await send(bot, ada, media=FOR_POLLS["video"]))["poll"]["media"]["video"]
    again = {"type": "video", "media": video["file_id"]}
    assert (await send(bot, ada, media=again))["poll"]["media"]["video"] == video
    call = send(bot, ada, media=again | {"type": "audio"})
    assert await refused(call) == (
        400,
        "Bad Request: wrong file identifier/HTTP URL specified",
    )


@pytest.mark.parametrize(
    ("media", "description"),
    [
        (FOR_OPTIONS["link"], "invalid media content specified"),
        (FOR_OPTIONS["sticker"], "invalid media content specified"),
        (VENUE | {"title": " "}, "venue title must be non-empty"),
        (VENUE | {"latitude": "x"}, "latitude must be a number"),
        (VENUE | {"longitude": 181}, "longitude must be between -180 and 180"),
        (FOR_POLLS["live_photo"] | {"photo": "attach://file"}, "IMAGE_PROCESS_FAILED"),
        (FOR_POLLS["photo"] | {"caption": "c"}, "media caption must be empty"),
    ],
)
async def test_media_refusals(
    bot: RawBot, ada: Person, media: dict[str, Any], description: str
) -> None:
    """What does not belong there, or is not what it says, is refused."""
    assert await refused(send(bot, ada, media=media)) == (400, f"Bad Request: {description}")
