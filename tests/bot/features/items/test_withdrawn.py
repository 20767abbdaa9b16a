"""Where a case no longer comes from while it holds what is retired."""

from pathlib import Path

from msgspec.structs import replace

from bot.features.assignments.assignment_buttons import AssignmentVerb as Do
from bot.features.library.take_over import TakeOver
from bot.features.sittings.sitting_buttons import SittingVerb
from bot.services import Services
from content.candidate import Sound, read_candidate
from content.problems import Mark, problem_at
from content.retiring import retiring
from content.revision import item_revision
from tests.bot.features.items.conftest import CASE
from tests.content.samples import question_data, write_case
from tests.storage.samples import ADA, BEN, NOW
from tests.support.assignments import do_due, pass_time, task
from tests.support.cohorts import set_up_assignment, set_up_cohort
from tests.support.services import services_with_cases
from tests.support.sittings import current, press, said

EVE = 7_310_420_009
WORK = 71


def retire(services: Services, case_id: str) -> None:
    """The first question of a case is retired as it is worded now."""
    library = services.library
    item = (case_id, item_revision(library.snapshot(library.cases[case_id]), 0))
    services.library = retiring(library, library.retired | {item})


async def test_it_counts_in_no_assignment(tmp_path: Path) -> None:
    """Also while files cannot be read: that it is withdrawn is known. It is told once."""
    async with services_with_cases(tmp_path, NOW) as services:
        await set_up_cohort(services.store, NOW, [EVE], [ADA, BEN])
        await set_up_assignment(services, WORK, "exam")
        await do_due(services)
        await task(services, ADA, WORK, Do.DO)
        sitting = await current(services)
        for place in range(6):
            await press(services, sitting, SittingVerb.CHOOSE, place, 1)
        await press(services, sitting, SittingVerb.HAND_IN)
        problem = problem_at(Path("x"), Mark(), "unreadable", "no")
        services.library = replace(services.library, problems=(problem,))
        retire(services, (await services.store.assignments.cases(WORK))[0].case_id)
        owed = await pass_time(services, 1)
        assert sorted(call.chat_id for call in owed) == sorted([EVE, ADA, BEN])
        assert all("taken out of the library" in said(call) for call in owed)
        after = await services.store.sittings.get(sitting.id)
        assert after is not None
        assert after.score == 4
        assert await pass_time(services, 1) == []


async def test_files_read_again_bring_back_what_was_mended_alone(
    services: Services, tmp_path: Path
) -> None:
    """The same words stay out of use; others come, and administrators read of the change."""
    judge = TakeOver(services, [tmp_path])
    retire(services, CASE)

    def found() -> Sound:
        sound = read_candidate(services.library, tmp_path, needed=lambda: True)
        assert isinstance(sound, Sound)
        return sound

    same = found()
    assert not same.difference
    judge.settle(same)
    assert list(services.library.cases) == ["other"]
    write_case(tmp_path / "hard-lumps.yaml", questions=[question_data(prompt="Which are they?")])
    mended = found()
    assert [case.id for case in mended.difference.changed] == [CASE]
    judge.settle(mended)
    assert list(services.library.cases) == [CASE, "other"]
    write_case(tmp_path / "hard-lumps.yaml")
    told = await judge.tell(found(), ())
    assert "1 case now" in said(told.owed[0])
    judge.settle(found())
    assert list(services.library.cases) == ["other"]
