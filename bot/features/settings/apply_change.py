"""What each press or command does to a chat's settings: old settings and change, new settings."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.features.settings.button_data import Change, Field, topic_key
from bot.features.settings.choices import MEMBER_CASES, MOST_SKIPPED, fitting, layouts
from bot.features.settings.schedule import (
    WORKING_DAYS,
    with_days,
    with_end,
    with_start,
    with_time,
    with_zone,
)
from bot.features.shared.chat_settings import (
    CHANNEL,
    LONGEST_OPEN_S,
    SHORTEST_OPEN_S,
    ChatSettings,
    Explanation,
    Layout,
    Results,
)
from bot.scheduling.timetable import EVERY_DAY, Weekday
from content.model import Level

T = TypeVar("T")


class Here(Struct, frozen=True):
    """What a change may refer to: the chat's kind, the place of the press, what there is.

    ``discussion_id`` is the channel's linked group, where the bot is in it.
    """

    kind: str
    topics: Collection[str]
    languages: Collection[str]
    thread_id: int | None = None
    discussion_id: int | None = None


def changed(settings: ChatSettings, change: Change, here: Here) -> ChatSettings:
    """The settings after a change. Raises ValueError where it makes no sense in this chat."""
    make = _CHANGES.get(change.field)
    if make is None:
        raise ValueError(f"{change.field} is not a setting")
    return fitting(make(settings, change.value, here), here.kind)


def _layout(settings: ChatSettings, value: str, here: Here) -> ChatSettings:
    layout = Layout(value)
    if layout not in layouts(here.kind):
        raise ValueError(f"a {here.kind} has no layout {layout}")
    return replace(settings, layout=layout)


def _open(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    seconds = int(value)
    if not SHORTEST_OPEN_S <= seconds <= LONGEST_OPEN_S:
        raise ValueError("a question is open for a minute to 30 days")
    return replace(settings, open_for=seconds)


def _explanation(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    return replace(settings, explanation=Explanation(value))


def _results(settings: ChatSettings, value: str, here: Here) -> ChatSettings:
    results = Results(value)
    if results is Results.DISCUSSION and here.discussion_id is None:
        raise ValueError("there is no discussion group")
    return replace(settings, results=results, discussion_id=here.discussion_id)


def _hide(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    return replace(settings, hide_results=_flag(value))


def _members(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    return replace(settings, members_may_post=_flag(value))


def _cases_a_day(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    number = int(value)
    if number not in MEMBER_CASES:
        raise ValueError("so many are not offered")
    if not number:
        return replace(settings, members_may_post=False)
    return replace(settings, members_may_post=True, member_cases_a_day=number)


def _leaderboard(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    return replace(settings, leaderboard=_flag(value))


def _digest(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    return replace(settings, digest=_flag(value))


def _paused(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    return replace(settings, paused=_flag(value) and settings.timetable is not None)


def _thread(settings: ChatSettings, value: str, here: Here) -> ChatSettings:
    if value not in {"here", "any"} or here.kind == CHANNEL:
        raise ValueError("a thread is here or any")
    return replace(settings, thread_id=here.thread_id if value == "here" else None)


def _topics(settings: ChatSettings, value: str, here: Here) -> ChatSettings:
    chosen = _listed(value)
    if not chosen <= {*here.topics, *settings.topics}:
        raise ValueError("there is no such topic")
    return replace(settings, topics=chosen)


def _levels(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    return replace(settings, levels=frozenset(Level(one).value for one in _listed(value)))


def _listed(value: str) -> frozenset[str]:
    return frozenset(value.split(",")) if value else frozenset()


def _topic(settings: ChatSettings, value: str, here: Here) -> ChatSettings:
    if not value:
        return replace(settings, topics=frozenset())
    key, _, flag = value.partition(":")
    # A topic once chosen can be taken back even where the library has it no more.
    topics = {topic_key(topic): topic for topic in (*here.topics, *settings.topics)}
    if key not in topics:
        raise ValueError("there is no such topic")
    return replace(settings, topics=_with(settings.topics, topics[key], on=_flag(flag)))


def _level(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    if not value:
        return replace(settings, levels=frozenset())
    name, _, flag = value.partition(":")
    level = Level(name)
    levels = _with(settings.levels, level.value, on=_flag(flag))
    return replace(settings, levels=levels)


def _zone(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    return with_zone(settings, value)


def _language(settings: ChatSettings, value: str, here: Here) -> ChatSettings:
    if value not in here.languages:
        raise ValueError("there is no such language")
    return replace(settings, language=value)


def _day(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    number, _, flag = value.partition(":")
    days = settings.timetable.days if settings.timetable else frozenset()
    return with_days(settings, _with(days, Weekday(int(number)), on=_flag(flag)))


def _days(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    presets = {"all": EVERY_DAY, "work": WORKING_DAYS, "none": frozenset[Weekday]()}
    if value not in presets:
        raise ValueError("the days are all, work or none")
    return with_days(settings, presets[value])


def _time(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    return with_time(settings, int(value))


def _start(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    return with_start(settings, date.fromisoformat(value) if value else None)


def _end(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    return with_end(settings, date.fromisoformat(value) if value else None)


def _skip(settings: ChatSettings, value: str, _here: Here) -> ChatSettings:
    number = int(value)
    if not 0 <= number <= MOST_SKIPPED:
        raise ValueError(f"at most {MOST_SKIPPED} times can be skipped")
    return replace(settings, skipped=number if settings.timetable else 0)


def _flag(value: str) -> bool:
    if value not in {"0", "1"}:
        raise ValueError("a switch is 0 or 1")
    return value == "1"


def _with(members: Collection[T], member: T, *, on: bool) -> frozenset[T]:
    return frozenset(members) | {member} if on else frozenset(members) - {member}


_CHANGES: Final[Mapping[Field, Callable[[ChatSettings, str, Here], ChatSettings]]] = {
    Field.LAYOUT: _layout,
    Field.OPEN: _open,
    Field.EXPLANATION: _explanation,
    Field.RESULTS: _results,
    Field.HIDE: _hide,
    Field.MEMBERS: _members,
    Field.CASES_A_DAY: _cases_a_day,
    Field.LEADERBOARD: _leaderboard,
    Field.DIGEST: _digest,
    Field.PAUSED: _paused,
    Field.THREAD: _thread,
    Field.TOPICS: _topics,
    Field.TOPIC: _topic,
    Field.LEVELS: _levels,
    Field.LEVEL: _level,
    Field.ZONE: _zone,
    Field.LANGUAGE: _language,
    Field.DAY: _day,
    Field.DAYS: _days,
    Field.TIME: _time,
    Field.START: _start,
    Field.END: _end,
    Field.SKIP: _skip,
}
