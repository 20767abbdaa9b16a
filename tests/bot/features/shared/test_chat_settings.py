"""A chat's choices as they are stored: kept whole, and read from whatever version wrote them."""

import json
from datetime import date

import pytest

from bot.features.shared.chat_settings import ChatSettings, Explanation, Layout, Results
from bot.scheduling.timetable import EVERY_DAY, Timetable

CHOSEN = ChatSettings(
    layout=Layout.BUTTONS,
    explanation=Explanation.PRIVATE,
    results=Results.EDIT,
    open_for=900,
    hide_results=False,
    members_may_post=False,
    leaderboard=True,
    digest=True,
    thread_id=7,
    discussion_id=-5,
    topics=frozenset({"cardiology", "dermatology"}),
    levels=frozenset({"student"}),
    zone="America/Lima",
    timetable=Timetable(EVERY_DAY, 450, "America/Lima", date(2026, 1, 1), date(2026, 12, 31)),
    paused=True,
    skipped=2,
    language="es",
)


@pytest.mark.parametrize("settings", [ChatSettings(), CHOSEN])
def test_what_is_stored_is_read_back(settings: ChatSettings) -> None:
    """Every choice, in its own type."""
    assert ChatSettings.from_json(settings.to_json()) == settings


def test_what_is_stored_is_the_same_for_the_same_choices() -> None:
    """Sets have no order, and what is stored is compared."""
    stored = json.loads(CHOSEN.to_json())
    assert stored["topics"] == ["cardiology", "dermatology"]
    assert [*stored] == sorted(stored)


def test_another_version_s_choices_are_read_as_far_as_they_are_known() -> None:
    """What is missing has its default, and what is not known is passed over."""
    assert ChatSettings.from_json("{}") == ChatSettings()
    later = {"layout": "buttons", "colour": "green"}
    assert ChatSettings.from_json(json.dumps(later)) == ChatSettings(layout=Layout.BUTTONS)


def test_what_a_chat_has_that_chose_nothing() -> None:
    """A poll open for a day, whose results are hidden until then, and no schedule."""
    plain = ChatSettings()
    assert (plain.layout, plain.explanation, plain.results) == (
        Layout.POLL,
        Explanation.AT_CLOSE,
        Results.REPLY,
    )
    assert (plain.open_for, plain.hide_results, plain.members_may_post) == (86_400, True, True)
    assert (plain.leaderboard, plain.digest, plain.paused, plain.skipped) == (
        False,
        False,
        False,
        0,
    )
    assert (plain.timetable, plain.topics, plain.levels) == (None, frozenset(), frozenset())
