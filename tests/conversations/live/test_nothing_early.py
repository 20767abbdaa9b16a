"""What a live round keeps to itself until its time: nobody in it finds the answer elsewhere."""

import pytest

from content.codes import case_code
from tests.support.live_phones import CASE, Presenter, phones
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import asked, is_poll

IN_IT = "What you ask for is in the live round that you are in"


@pytest.mark.parametrize("words", [f"/case {CASE}", f"/start case_{case_code(CASE)}", "Hard lumps"])
async def test_the_case_of_a_round_comes_nowhere_else(
    ada: Person, sandbox: SandboxClient, words: str
) -> None:
    """Not by its name, its link or its title, to who is in the round, until that is over."""
    round_ = await Presenter.begin(ada)
    (ben,) = await phones(sandbox, round_.code, "Ben")
    await asked(ben.person, words, IN_IT)
    await round_.step("Show the case")
    await round_.step("Open")
    await ben.asks()
    await asked(ben.person, words, IN_IT)
    await round_.step("End")
    sent = await ben.person.send(words)
    await ben.person.wait_for(is_poll, after=sent["message_id"])
