"""Publishing a draft: what keeps it, what is asked before, and what is owed from then on."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.features.drafts.draft_pictures import DraftPicture
from bot.features.publishing.publish import publish
from bot.features.publishing.publish_question import ask_to_publish, publish_now
from bot.services import Services
from bot.settings import Settings
from content.drafting import from_case, to_yaml
from content.library import load_library
from content.model import Case
from storage.outcome import Outcome
from storage.publication_facts import (
    PublicationAsked,
    PublicationHeldUp,
    PublicationOver,
    PublicationWritten,
)
from tests.content.samples import case, write_case
from tests.storage.samples import ADA, BEN, NOW
from tests.support.authors import (
    DRAFT,
    at_kept,
    end_authorship,
    keep_draft,
    make_authors,
    texts,
)
from tests.support.services import commit

WHOLE = case(
    questions=[
        {
            "id": "nature",
            "prompt": "What are they most likely to be?",
            "choices": [
                {"text": "Fat", "why": "It is soft."},
                {"text": "Calcium", "correct": True, "why": "It is hard."},
                {"text": "Urate", "why": "It hurts."},
            ],
            "key_point": "Hard means calcium.",
        }
    ],
    references=[{"title": "Calcinosis", "authors": ["Ada B"], "journal": "Lancet", "year": 2000}],
)


@pytest.fixture
async def services(services: Services, tmp_path: Path) -> Services:
    """Ada and Ben are authors; the folder of cases is empty."""
    folder = tmp_path / "cases"
    folder.mkdir()
    services.settings = Settings(content=folder)
    await make_authors(services, ADA, BEN)
    return services


async def keep(services: Services, whole: Case = WHOLE, **more: Any) -> None:
    """Ada has a draft of a whole case."""
    base = {key: value for key, value in from_case(whole).items() if key != "id"}
    await keep_draft(services, read=True, base={**base, **more.pop("base", {})}, **more)


async def published(services: Services) -> Outcome:
    """She presses the last button."""
    return await commit(services, await publish_now(await at_kept(services)))


def asked(outcome: Outcome) -> list[PublicationAsked]:
    """What is owed of it."""
    return [fact for fact in outcome.facts if isinstance(fact, PublicationAsked)]


async def was_published(
    services: Services, by: int = ADA, case_id: str = "hard-lumps", digest: str = "digest"
) -> None:
    """Somebody published a case earlier."""
    content = to_yaml({**from_case(WHOLE), "id": case_id})
    owed = PublicationAsked(case_id, by, None, content, (), None, NOW)
    await commit(services, Outcome((owed,)))
    (one,) = await services.store.publications.owed(5)
    await commit(services, Outcome((PublicationWritten(one.id, digest, f"{case_id}.yaml", NOW),)))


async def is_over(services: Services, case_id: str = "hard-lumps") -> None:
    """Its author was told, so that nothing is under way."""
    one = await services.store.publications.of_case(case_id)
    assert one is not None
    await commit(services, Outcome((PublicationOver(one.id),)))


async def was_withdrawn(services: Services, by: int) -> None:
    """The same, and they withdrew it."""
    await is_over(services)
    gone = PublicationAsked("hard-lumps", by, None, None, (), "digest", NOW)
    await commit(services, Outcome((gone,)))
    (one,) = await services.store.publications.owed(5)
    await commit(services, Outcome((PublicationWritten(one.id, "digest", "", NOW),)))
    await is_over(services)


async def test_it_is_asked_once_what_will_be_read(services: Services) -> None:
    """Whose name, which licence, which language; nothing is owed before the last press."""
    await keep(services)
    done = await commit(services, await ask_to_publish(await at_kept(services)))
    assert "Publish: Hard lumps" in texts(done)
    for line in ("Author: The authors", "Licence: CC-BY-4.0", "Case language: English"):
        assert line in texts(done)
    assert asked(done) == []
    await keep(services, base={"language": "qq"})
    assert "qq" in texts(await ask_to_publish(await at_kept(services)))


async def test_the_file_is_owed_from_then_on(services: Services) -> None:
    """Under an id of its title; what it replaces is nothing."""
    await keep(services)
    done = await published(services)
    (one,) = asked(done)
    assert (one.case_id, one.person_id, one.draft_id) == ("hard-lumps", ADA, DRAFT)
    assert (one.replaces, one.figures, one.asked_at) == (None, (), NOW)
    assert one.content is not None
    assert "\nid: hard-lumps\n" in one.content
    assert "It is being published" in texts(done)


async def test_what_is_missing_keeps_it(services: Services) -> None:
    """Also at the last press: something may have come up since it was asked."""
    await keep(services, base={"licence": ""})
    for ask in (ask_to_publish, publish_now):
        done = await ask(await at_kept(services))
        assert "1 thing keeps it" in texts(done)
        assert asked(done) == []


async def test_a_picture_that_is_still_to_come_keeps_it(services: Services) -> None:
    """It goes on where that waits for an answer."""
    await keep(services, pictures=(DraftPicture(1, 0, "AgAC", 60),))
    for ask in (ask_to_publish, publish_now):
        done = await ask(await at_kept(services))
        assert "A picture waits for this" in texts(done)
        assert asked(done) == []


async def test_who_writes_no_more_publishes_nothing(services: Services) -> None:
    """The draft stays theirs."""
    await keep(services)
    await end_authorship(services)
    done = await commit(services, await publish(await at_kept(services)))
    assert "You do not write cases here" in texts(done)
    assert asked(done) == []


async def test_without_a_folder_it_is_given_as_a_file(services: Services) -> None:
    """Whoever runs the bot can lay it there; the draft stays."""
    services.settings = Settings()
    await keep(services)
    done = await published(services)
    assert "no folder for cases" in texts(done)
    assert asked(done) == []
    (file,) = [call for call in done.owed if call.method == "sendDocument"]
    assert file.params["document"]["$file"]["name"] == "hard-lumps.yaml"


@pytest.mark.parametrize("taken_by", ["a file", "a former name", "somebody's", "one withdrawn"])
async def test_a_new_case_takes_no_id_that_any_has_or_had(
    services: Services, tmp_path: Path, taken_by: str
) -> None:
    """What was answered under it belongs to that one."""
    folder = tmp_path / "others"
    folder.mkdir()
    if taken_by == "a file":
        write_case(folder / "hard-lumps.yaml")
    elif taken_by == "a former name":
        write_case(folder / "other.yaml", id="other", title="Other", formerly=["hard-lumps"])
    else:
        await was_published(services, BEN)
    if taken_by == "one withdrawn":
        await was_withdrawn(services, BEN)
    services.library = load_library(folder)
    await keep(services)
    (one_asked,) = asked(await published(services))
    assert one_asked.case_id != "hard-lumps"
    assert one_asked.replaces is None


async def test_a_change_of_ones_own_case_replaces_its_file(services: Services) -> None:
    """And no other: what was changed by hand since has another digest."""
    await was_published(services)
    await is_over(services)
    await keep(services, case_id="hard-lumps")
    (one,) = asked(await published(services))
    assert (one.case_id, one.replaces) == ("hard-lumps", "digest")


async def test_what_was_withdrawn_comes_back_as_a_new_file(services: Services) -> None:
    """There is none to replace."""
    await was_published(services)
    await was_withdrawn(services, ADA)
    await keep(services, case_id="hard-lumps")
    (again,) = asked(await published(services))
    assert (again.case_id, again.replaces) == ("hard-lumps", None)


async def test_anothers_case_is_not_replaced(services: Services) -> None:
    """The change is given as a file, for whoever looks after the cases."""
    await was_published(services, BEN)
    await is_over(services)
    await keep(services, case_id="hard-lumps")
    done = await published(services)
    assert "not yours to replace" in texts(done)
    assert asked(done) == []
    assert [call.method for call in done.owed].count("sendDocument") == 1


@pytest.mark.parametrize(("held_up", "goes"), [(False, False), (True, True)])
async def test_one_thing_is_done_to_a_case_at_a_time(
    services: Services, held_up: bool, goes: bool
) -> None:
    """But what other files keep from use can be mended by publishing it again."""
    await was_published(services)
    one = await services.store.publications.of_case("hard-lumps")
    assert one is not None
    if held_up:
        await commit(services, Outcome((PublicationHeldUp(one.id),)))
    await keep(services, case_id="hard-lumps")
    done = await published(services)
    assert bool(asked(done)) is goes
    assert ("just being published" in texts(done)) is not goes


@pytest.mark.parametrize(
    ("formerly", "keeps"),
    [("other", True), ("once-other", True), ("bens", True), ("mine", False), ("new-name", False)],
)
async def test_a_former_id_is_no_other_cases(
    services: Services, tmp_path: Path, formerly: str, keeps: bool
) -> None:
    """One file that claims such an id would keep all files from being used."""
    folder = tmp_path / "others"
    folder.mkdir()
    write_case(folder / "other.yaml", id="other", title="Other", formerly=["once-other"])
    services.library = load_library(folder)
    for by, case_id in ((BEN, "bens"), (ADA, "mine")):
        await was_published(services, by, case_id)
        await is_over(services, case_id)
    await keep(services, base={"formerly": [formerly]})
    done = await published(services)
    assert ("is another case's, or was" in texts(done)) is keeps
    assert bool(asked(done)) is not keeps


async def test_its_pictures_are_named_by_their_bytes(services: Services) -> None:
    """What lies there already is not written again."""
    new = DraftPicture(
        *(1, 0, "AgAC", 60),
        creator="Ada",
        licence="CC-BY-4.0",
        consent="not-required",
        caption="Lumps.",
        alt="Lumps on a hand.",
        sha256="ab" * 32,
        ending="png",
        width=900,
    )
    old = replace(new, number=2, sha256="cd" * 32, file="figures/o.png")
    await keep(services, pictures=(new, old))
    done = await published(services)
    (one,) = asked(done)
    assert one.figures == ((f"figures/hard-lumps-{'ab' * 4}.png", "ab" * 32),)
    assert one.content is not None
    assert "figures/o.png" in one.content
