"""Administrators hear of trouble at once, and of each kind hourly at most."""

from bot.base.i18n import Languages
from bot.base.time_units import HOUR_MS
from bot.intake.administrator_alerts import AdministratorAlerts
from tests.support.served_chats import said

ADMINS = (1, 2)


def alerts() -> AdministratorAlerts:
    """Of a bot with two administrators."""
    return AdministratorAlerts(ADMINS, Languages.load().choose("en", None))


def test_each_administrator_hears_at_once_and_then_hourly() -> None:
    """With how many more like it came meanwhile."""
    told, now = alerts(), 9 * HOUR_MS
    assert [call.chat_id for call in told.about("message", "flaw", now)] == [*ADMINS]
    assert told.about("message", "flaw", now + 1) == ()
    assert told.about("message", "flaw", now + HOUR_MS - 1) == ()
    first, second = told.about("message", "flaw", now + HOUR_MS)
    assert said(first).endswith(" 2 more like it came.")
    assert (first.chat_id, said(second)) == (1, said(first))
    (again, _) = told.about("message", "flaw", now + 2 * HOUR_MS)
    assert "more like it" not in said(again)


def test_kinds_of_trouble_are_told_of_apart() -> None:
    """Another kind of update, or another place in the program, is news."""
    told = alerts()
    for kind, what in (("message", "flaw"), ("poll", "flaw"), ("message", "other")):
        (call, _) = told.about(kind, what, 0)
        assert kind in said(call)
        assert what in said(call)


def test_what_could_not_be_kept_was_told_to_nobody() -> None:
    """It is told when it happens again; what was committed before stays told."""
    told = alerts()
    told.about("message", "flaw", 0)
    told.about("message", "flaw", 1)
    told.committed()
    told.about("message", "flaw", 2)
    told.about("poll", "flaw", 2)
    told.lost()
    assert len(told.about("poll", "flaw", 3)) == len(ADMINS)
    assert told.about("message", "flaw", 4) == ()
    (call, _) = told.about("message", "flaw", HOUR_MS)
    assert said(call).endswith(" 2 more like it came."), "the one at 1, and the one at 4"


def test_what_could_not_be_kept_at_first_either() -> None:
    """Nothing had been committed before."""
    told = alerts()
    told.about("message", "flaw", 0)
    told.about("message", "flaw", 0)
    told.lost()
    (call, _) = told.about("message", "flaw", 1)
    assert "more like it" not in said(call)


def test_without_administrators_nobody_is_told() -> None:
    """There is only the log."""
    assert AdministratorAlerts((), Languages.load().choose("en", None)).about("x", "y", 0) == ()
