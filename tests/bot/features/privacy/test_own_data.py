"""A person's data: what is said of it, what is handed over, and what is left of it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.base.i18n import Languages
from bot.base.time_units import DAY_MS
from bot.features.cards.up_to_date import cards_of
from bot.features.cases.choose_case import Named
from bot.features.cases.send_case import send_case
from bot.features.privacy.own_data import forget, my_data
from bot.features.privacy.own_data_view import forget_question, forgotten, privacy
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from bot.settings import Settings, SettingsError, read_settings
from content.codes import case_code
from storage.facts import CasePosted, PersonForgotten
from storage.outcome import Outcome, OwedCall
from storage.retention import FOREVER, Retention
from tests.storage.samples import ADA, answered
from tests.support.services import commit, only_case

LONGEST = 4096  # characters of a message, after its tags are read


def read(calls: list[OwedCall]) -> str:
    """What messages say, each no longer than Telegram takes."""
    texts = [re.sub("<.*?>", "", call.params["text"]) for call in calls]
    assert max(map(len, texts)) <= LONGEST
    return "\n\n".join(texts)


@pytest.mark.parametrize("code", Languages.load().words)
def test_what_is_deleted_when_is_said(code: str) -> None:
    """Nothing of an end where none is set; else each with its days."""
    words = Languages.load().words[code]
    settings = Settings(
        keep_answers_days=401, keep_people_days=402, keep_chats_days=403, keep_backups_days=404
    )
    assert settings.retention == Retention(401 * DAY_MS, 402 * DAY_MS, 403 * DAY_MS, 404 * DAY_MS)
    said = read(privacy(1, settings.retention, words))
    # Of backups twice: how long they hold what was erased, and the mark stays.
    assert [said.count(f" {days} ") for days in (401, 402, 403, 404)] == [1, 1, 1, 2]
    assert "40" not in read(privacy(1, FOREVER, words))


@pytest.mark.parametrize("code", Languages.load().words)
def test_until_when_something_is_somewhere_is_said_before_and_after(code: str) -> None:
    """On the disk for hours, in backups for the days set, or until somebody deletes them."""
    words = Languages.load().words[code]
    retention = Settings(keep_backups_days=404).retention
    asked, done = (
        view(1, retention, words).params["text"] for view in (forget_question, forgotten)
    )
    assert (" 24 " in asked, " 404 " in asked, " 404 " in done) == (True, True, True)
    asked = forget_question(1, FOREVER, words).params["text"]
    assert (" 24 " in asked, " 404 " in asked) == (True, False)


async def test_a_review_names_no_case_that_goes_on(services: Services) -> None:
    """Of what it is about, the case's id comes once all of the case is answered."""
    for question_id, told in (("q-0-a", False), ("q-0-b", True)):
        given = answered(ADA, None, case_id="made-0", question_id=question_id)
        await commit(services, Outcome((given,)))
        await commit(services, Outcome((await cards_of(services, ADA)).facts))
        visit = await receive(services, Visitor(ADA, "en"))
        (call,) = (await my_data(services, visit)).owed
        document = call.params["document"]["$file"]["content"]
        assert ("made-0" in document) is told
        objective = "made-0/q-0-a" if told else f"{case_code('made-0')}/q-0-a"
        assert json.loads(document)["reviews"][0]["objective"] == objective


@pytest.mark.parametrize("code", Languages.load().words)
def test_a_replica_is_told_of_and_how_long_it_holds_what_was_erased(code: str) -> None:
    """The disk too: while it is replicated, it cannot be wiped at once."""
    words = Languages.load().words[code]
    settings = Settings(
        litestream=Path("litestream.sock"),
        keep_answers_days=401,
        keep_people_days=402,
        keep_chats_days=403,
        keep_backups_days=404,
    )
    retention = settings.retention
    for calls in (privacy(1, retention, words), [forget_question(1, retention, words)]):
        said = read(calls)
        assert (" 72 " in said, " 24 " in said) == (True, False)


def test_what_is_open_is_not_forgotten(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A question is open, and a leaderboard looks back, for 30 days: nothing is kept for less."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MORNING_REPORT_KEEP_ANSWERS_DAYS", "30")
    with pytest.raises(SettingsError, match=r"KEEP_ANSWERS_DAYS: .* 31 or more"):
        read_settings()


async def kept(services: Services) -> dict[str, Any]:
    """What Ada's `/mydata` holds."""
    visit = await receive(services, Visitor(ADA, "en"))
    outcome = await my_data(services, visit)
    assert outcome.facts == (visit.met,)
    (call,) = outcome.owed
    data: dict[str, Any] = json.loads(call.params["document"]["$file"]["content"])
    return data


async def test_everything_kept_is_handed_over(services: Services) -> None:
    """Whose it is, and what its times mean."""
    visit = await receive(services, Visitor(ADA, "es"))
    await commit(services, Outcome((visit.met,)))
    data = await kept(services)
    assert data["telegram_id"] == ADA
    assert "milliseconds" in data["times"]
    assert data["person"][0]["telegram_language"] == "es"


async def test_a_case_is_named_by_its_id_only_once_it_is_over(services: Services) -> None:
    """Its id may be a diagnosis: until every question is answered there is its code alone."""
    visit = await receive(services, Visitor(ADA, "en"))
    outcome = await commit(services, await send_case(services, visit, Named("made-0")))
    (posted,) = (fact for fact in outcome.facts if isinstance(fact, CasePosted))
    seen = []
    for question_id in (None, "q-0-a", "q-0-b"):
        if question_id is not None:
            answer = answered(ADA, posted.post_id, case_id="made-0", question_id=question_id)
            position = 0 if question_id == "q-0-a" else 1
            await commit(services, Outcome((replace(answer, position=position),)))
        data = await kept(services)
        rows = [*data["cases"], *data["answers"]]
        assert {row["case_code"] for row in rows} == {case_code("made-0")}
        seen.append({row.get("case_id") for row in rows})
    assert seen == [{None}, {None}, {"made-0"}]


async def test_a_case_that_left_the_library_keeps_its_secret(
    services: Services, tmp_path: Path
) -> None:
    """Nobody knows any more how many questions it has."""
    visit = await receive(services, Visitor(ADA, "en"))
    await commit(services, await send_case(services, visit, Named("made-0")))
    only_case(services, tmp_path / "other")
    (row,) = (await kept(services))["cases"]
    assert (row["case_code"], "case_id" in row) == (case_code("made-0"), False)


async def test_who_is_forgotten_is_not_noted_again(services: Services) -> None:
    """The visit itself would be the first thing kept."""
    visit = await receive(services, Visitor(ADA, "en"))
    outcome = forget(services, visit)
    assert outcome.facts == (PersonForgotten(ADA),)
    assert [call.chat_id for call in outcome.owed] == [ADA]
