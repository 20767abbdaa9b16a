"""What an administrator can choose for a group or channel."""

import json
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict

from bot.scheduling.timetable import Timetable

MINUTE_S = 60  # seconds
SHORTEST_OPEN_S = MINUTE_S
LONGEST_OPEN_S = 30 * 24 * 60 * MINUTE_S


class Layout(StrEnum):
    """How a question stands in a chat."""

    POLL = "poll"  # a quiz poll that shows who voted; groups only
    ANONYMOUS = "anonymous"  # a quiz poll without names; channels only
    BUTTONS = "buttons"  # a post with its choices as buttons; nobody sees how others voted


class Explanation(StrEnum):
    """When a group sees the explanation; who has answered may always read it in private."""

    AT_CLOSE = "at_close"
    PRIVATE = "private"


class Results(StrEnum):
    """Where results and explanation go when a question closes."""

    REPLY = "reply"
    EDIT = "edit"  # into the post itself, as far as it holds them; the rest replies
    DISCUSSION = "discussion"  # the channel's linked group


class ChatSettings(Struct, frozen=True):
    """A chat's choices. ``open_for`` is seconds a question stays open.

    ``topics`` and ``levels`` empty mean all. ``language`` None follows whoever set the chat up.
    ``member_cases_a_day`` bounds what each member may ask for, who is no administrator.
    ``skipped`` due times are passed over at the next occasions. ``discussion_id`` is the group
    linked to a channel, known where results go there.
    """

    layout: Layout = Layout.POLL
    explanation: Explanation = Explanation.AT_CLOSE
    results: Results = Results.REPLY
    open_for: int = 24 * 60 * MINUTE_S
    hide_results: bool = True
    members_may_post: bool = True
    member_cases_a_day: int = 3
    leaderboard: bool = False
    digest: bool = False
    thread_id: int | None = None
    discussion_id: int | None = None
    topics: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    zone: str = "UTC"
    timetable: Timetable | None = None
    paused: bool = False
    skipped: int = 0
    language: str | None = None

    def to_json(self) -> str:
        """As stored."""
        data = asdict(self)
        data |= {
            "topics": sorted(self.topics),
            "levels": sorted(self.levels),
            "timetable": None if self.timetable is None else self.timetable.to_json(),
        }
        return json.dumps(data, sort_keys=True)

    @classmethod
    def from_json(cls, document: str) -> "ChatSettings":
        """Read what any version stored: what is missing has its default, the rest is ignored."""
        known = set(cls.__struct_fields__)
        data = {name: value for name, value in json.loads(document).items() if name in known}
        kinds: dict[str, Any] = {
            "layout": Layout,
            "explanation": Explanation,
            "results": Results,
            "topics": frozenset,
            "levels": frozenset,
        }
        data |= {name: kind(data[name]) for name, kind in kinds.items() if name in data}
        if data.get("timetable") is not None:
            data["timetable"] = Timetable.from_json(data["timetable"])
        return cls(**data)


CHANNEL: Final = "channel"
