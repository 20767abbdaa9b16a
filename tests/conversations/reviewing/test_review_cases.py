"""Clinicians review cases in the chat: the queue, signatures, and what they send back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from content.codes import case_code
from tests.content.samples import question_data, write_case
from tests.support.bot import running_bot, settings_for
from tests.support.reviewers import end_role, make_reviewers, published_by
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, changed, given, my_data, says, text_of
from tests.support.trouble import fast_clock, forge

CODE = case_code("hard-lumps")
CONFIRM = ["Is calcium right, and not <fat>?"]


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: these chats get many messages, and the bot paces itself."""
    return fast_clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three cases: of two specialties, one of them Ann Lee's own."""
    folder = tmp_path / "cases"
    folder.mkdir()
    write_case(folder / "hard-lumps.yaml", review={"confirm": CONFIRM})
    write_case(folder / "murmur.yaml", id="murmur", title="A murmur", topics=["cardiology"])
    write_case(folder / "own.yaml", id="own", title="Her own", authors=["LEE, Ann"])
    return folder


@pytest.fixture
async def ann(sandbox: SandboxClient) -> Person:
    """A reviewer who wishes to be named Ann Lee."""
    return await sandbox.person("Annie", language_code="en")


@pytest.fixture
async def ben(sandbox: SandboxClient) -> Person:
    """Another."""
    return await sandbox.person("Benno", language_code="en")


@pytest.fixture
async def root(sandbox: SandboxClient) -> Person:
    """The bot's administrator."""
    return await sandbox.person("Root", language_code="en")


@pytest.fixture
async def settings(
    server: SandboxServer,
    clock: Clock,
    tmp_path: Path,
    folder: Path,
    root: Person,
    ann: Person,
    ben: Person,
) -> Settings:
    """A bot with these cases and two reviewers."""
    settings = settings_for(
        server.url,
        tmp_path,
        clock=clock,
        shipped_cases=False,
        content=folder,
        admins=frozenset({root.id}),
    )
    await make_reviewers(settings, Ann_Lee=ann, Ben_Ali=ben)
    return settings


@pytest.fixture
async def at_work(settings: Settings, root: Person) -> AsyncIterator[Settings]:
    """The same, at work; the administrator has written to it."""
    async with running_bot(settings):
        await asked(root, "/start", "Good morning")
        yield settings


async def pressed(person: Person, message: Message, button: str, *words: str) -> Message:
    """What comes of a press: a new message with these words."""
    latest = (await person.messages())[-1]["message_id"]
    await person.press(message, buttons(message)[button])
    return await person.wait_for(says(*words), after=latest)


async def changed_by(person: Person, message: Message, button: str, *words: str) -> Message:
    """The same message after a press, once it says something else."""
    await person.press(message, buttons(message)[button])
    return await changed(person, message, *words)


async def opened(person: Person, code: str = CODE) -> Message:
    """What a reviewer decides on, under the case of this code."""
    return await asked(person, f"/review_cases {code}", f"Case {code}:", "If you sign")


async def signs(person: Person, code: str = CODE) -> Message:
    """A reviewer signs."""
    return await changed_by(person, await opened(person, code), "Sign", "You signed case")


async def explained(sandbox: SandboxClient, name: str, case: str = "hard-lumps") -> str:
    """What a new learner reads under this case."""
    person = await sandbox.person(name, language_code="en")
    await asked(person, "/start", "Good morning")
    poll = await given(person, f"/case {case}")
    await person.vote(poll, [0])
    return text_of(await person.wait_for(says("For teaching only"), after=poll["message_id"]))


async def test_from_the_queue_to_a_signature_that_learners_read(
    sandbox: SandboxClient, ann: Person, at_work: Settings
) -> None:
    """The queue by specialty, without what is one's own; the whole case; what signing means."""
    assert "Not yet reviewed by a clinician." in await explained(sandbox, "Ada")
    page = await asked(ann, "/review_cases", "2 cases wait for your review, of 3 in use")
    assert "Learners read your name as: Ann Lee." in text_of(page)
    assert list(buttons(page)) == ["Cardiology · 1", "Rheumatology · 1", "Another name"]
    listed = await changed_by(ann, page, "Rheumatology · 1", "Rheumatology: what waits")
    decision = await pressed(ann, listed, "Hard lumps", "If you sign")
    whole = "\n".join(map(text_of, await ann.messages()))
    for part in ("A woman of 64 has hard lumps.", "✓ Calcium", "Hard means calcium."):
        assert part in whole
    said = text_of(decision)
    assert "Its author asks you:\n\n– Is calcium right, and not <fat>?" in said
    assert "If you sign, learners read: “Reviewed by Ann Lee on " in said
    assert "cases that were exported with your name keep it" in said
    done = await changed_by(ann, decision, "Sign", "You signed case", "Reviewed by Ann Lee on ")
    told = await explained(sandbox, "Bob")
    assert "Reviewed by Ann Lee on " in told
    assert "Not yet reviewed" not in told
    following = await pressed(ann, done, "Next", f"Case {case_code('murmur')}: A murmur")
    await changed_by(ann, following, "Sign", "You signed case")
    await pressed(ann, following, "Next", "Nothing else waits for your review")


async def test_two_reviewers_are_both_named_until_one_takes_it_back(
    sandbox: SandboxClient, ann: Person, ben: Person, at_work: Settings
) -> None:
    """A second press signs nothing twice; what was taken back is gone at once."""
    first, second = await opened(ann), await opened(ben)
    for _ in range(2):
        await ann.press(first, buttons(first)["Sign"])
    await changed_by(ben, second, "Sign", "You signed case")
    told = await explained(sandbox, "Ada")
    assert told.index("Reviewed by Ann Lee on") < told.index("Reviewed by Ben Ali on")
    assert told.count("Ann Lee") == 1
    page = await asked(ann, "/review_cases", "1 case waits")
    mine = await changed_by(ann, page, "You signed 1 case", "What you signed.")
    shown = await pressed(ann, mine, "✓ Hard lumps", "You signed it as it is.")
    assert "Reviewed by Ben Ali on" in text_of(shown)
    await changed_by(ann, shown, "Take back", "You took back your signature")
    told = await explained(sandbox, "Bob")
    assert "Ann Lee" not in told
    assert "Reviewed by Ben Ali on" in told


async def test_a_change_takes_a_signature_off_and_the_old_text_brings_it_back(
    sandbox: SandboxClient, ann: Person, root: Person, folder: Path, at_work: Settings
) -> None:
    """Of what it covers, and no other change. The press of what was shown signs nothing else."""
    await signs(ann)
    path = folder / "hard-lumps.yaml"
    before = path.read_bytes()
    write_case(path, topics=["cardiology"], difficulty=0.5)
    await asked(root, "/reload", "Changed cases are in use")
    assert "Reviewed by Ann Lee" in await explained(sandbox, "Ada")

    write_case(path, vignette="A man of 64 has hard lumps.")
    await asked(root, "/reload", "Changed cases are in use")
    assert "Not yet reviewed" in await explained(sandbox, "Bob")
    page = await asked(ann, "/review_cases", "2 cases wait")
    listed = await changed_by(ann, page, "Rheumatology · 1", "Rheumatology")
    assert f"{CODE} was signed on" in text_of(listed)
    shown = await pressed(ann, listed, "✎ Hard lumps", "If you sign", "has changed since.")

    write_case(path, vignette="A boy of 6 has hard lumps.")
    await asked(root, "/reload", "Changed cases are in use")
    latest = (await ann.messages())[-1]["message_id"]
    toast = await ann.press(shown, buttons(shown)["Sign"])
    assert "has changed since you were shown it" in str(toast)
    newer = await ann.wait_for(says("If you sign"), after=latest)
    assert "Not yet reviewed" in await explained(sandbox, "Cleo")

    path.write_bytes(before)
    await asked(root, "/reload", "Changed cases are in use")
    assert "Reviewed by Ann Lee" in await explained(sandbox, "Dan")
    toast = await ann.press(newer, buttons(newer)["Sign"])
    assert "has changed since you were shown it" in str(toast)
    # What was signed is taken back while the case is another, and does not return.
    await changed_by(ann, newer, "Take back", "You took back your signature")
    assert "Not yet reviewed" in await explained(sandbox, "Eve")


async def test_nobody_signs_their_own_nor_without_the_role(
    server: SandboxServer, sandbox: SandboxClient, ann: Person, ben: Person, at_work: Settings
) -> None:
    """Whatever is forged, and though the role is taken away between the showing and the press."""
    shown = await opened(ann)
    sign = buttons(shown)["Sign"]
    own = case_code("own")
    await asked(ann, f"/review_cases {own}", "You are among its authors")
    theirs = await opened(ben, own)
    await forge(server, at_work, ann, shown, buttons(theirs)["Sign"])
    eve = await sandbox.person("Eve", language_code="en")
    await asked(eve, "/start", "Good morning")
    refused = await asked(eve, "/review_cases", "Cases are reviewed by clinicians")
    assert "/review_cases" not in text_of(await asked(eve, "/help", "/case"))
    await asked(ann, "/help", "To review cases: /review_cases.")
    await forge(server, at_work, eve, refused, sign)
    await asked(ann, "/review_cases nothing", "This case is not in use now.")
    for data in ("sign:sign:0:x:", "sign:of:ffff::", f"sign:sign:0:{CODE}:", "sign:back:0::"):
        await forge(server, at_work, ann, shown, data)
    await end_role(at_work.database, ann.id)
    toast = await ann.press(shown, sign)
    assert "This button no longer works" in str(toast)
    for name, case in (("Ada", "own"), ("Bob", "hard-lumps")):
        assert "Not yet reviewed" in await explained(sandbox, name, case)


async def test_a_change_is_asked_for_in_words(
    ann: Person, root: Person, folder: Path, at_work: Settings
) -> None:
    """Administrators read it; the case comes back to this reviewer once it has changed."""
    shown = await opened(ann)
    await pressed(ann, shown, "Ask for a change", "Write in one message what is to change")
    await asked(ann, "x" * 1001, "1000 are possible")
    sent = "Please cite <a> trial.\nAnd **not** that one."
    await asked(ann, sent, f"what you wrote of case {CODE} is passed on")
    told = text_of(await root.wait_for(says("A reviewer asks for a change of this case:")))
    assert f"Case {CODE}: Hard lumps" in told
    assert f"Ann Lee:\n{sent}" in told
    assert "It stays in use, as not reviewed" in told
    page = await asked(ann, "/review_cases", "1 case waits")
    assert list(buttons(page)) == ["Cardiology · 1", "Another name"]
    write_case(folder / "hard-lumps.yaml", vignette="A man of 64 has hard lumps.")
    await asked(root, "/reload", "Changed cases are in use")
    await asked(ann, "/review_cases", "2 cases wait")


async def test_a_rejected_case_can_be_retired_by_administrators(
    sandbox: SandboxClient, ann: Person, root: Person, at_work: Settings
) -> None:
    """They read why, with the card of each of its questions; until then it stays in use."""
    shown = await opened(ann)
    await pressed(ann, shown, "Reject", "Write in one message why you reject the case")
    await asked(ann, "It is wrong.", "is passed on")
    told = await root.wait_for(says("A reviewer rejects this case:", "Ann Lee:\nIt is wrong."))
    card = await root.wait_for(says("A reviewer rejected its case."), after=told["message_id"])
    assert "Not yet reviewed" in await explained(sandbox, "Ada")
    await changed_by(root, card, "Retire", "Retired by Root")
    await asked(root, f"/case {CODE}", "is withdrawn")
    toast = await ann.press(shown, buttons(shown)["Sign"])
    assert "This case is not in use now." in str(toast)


async def test_a_signature_on_a_retired_case_can_be_taken_back(
    sandbox: SandboxClient, ann: Person, ben: Person, root: Person, at_work: Settings
) -> None:
    """Whoever has its question still reads the name; it is hers to take off."""
    await signs(ann)
    learners = [await sandbox.person(name, language_code="en") for name in ("Ada", "Bob")]
    polls = []
    for one in learners:
        await asked(one, "/start", "Good morning")
        polls.append(await given(one, "/case hard-lumps"))
    await pressed(ben, await opened(ben), "Reject", "Write in one message why you reject the case")
    await asked(ben, "It is wrong.", "is passed on")
    card = await root.wait_for(says("A reviewer rejected its case."))
    await changed_by(root, card, "Retire", "Retired by Root")
    await learners[0].vote(polls[0], [0])
    await learners[0].wait_for(says("Reviewed by Ann Lee"))
    page = await asked(ann, "/review_cases", "waits")
    mine = await changed_by(ann, page, "You signed 1 case", "What you signed.")
    shown = await pressed(ann, mine, "✓ Hard lumps", "You signed it as it is.")
    await changed_by(ann, shown, "Take back", "You took back your signature")
    await learners[1].vote(polls[1], [0])
    assert "Ann Lee" not in text_of(await learners[1].wait_for(says("For teaching only")))


async def test_another_name_is_for_what_is_signed_from_then_on(
    sandbox: SandboxClient, ann: Person, root: Person, at_work: Settings
) -> None:
    """A name that can be shown on one line; what was signed before keeps its own.

    Administrators hear of it.
    """
    await signs(ann)
    page = await asked(ann, "/review_cases", "Learners read your name as: Ann Lee.")
    await pressed(ann, page, "Another name", "How shall learners read your name?")
    await asked(ann, "\u2800", "How shall learners read your name?")
    await asked(ann, "Ann Lee, MD", "From now on learners read your name as: Ann Lee, MD.")
    await root.wait_for(says("A reviewer wishes to be named", "Ann Lee → Ann Lee, MD"))
    await signs(ann, case_code("murmur"))
    assert "Reviewed by Ann Lee on" in await explained(sandbox, "Ada")
    assert "Reviewed by Ann Lee, MD on" in await explained(sandbox, "Bob", "murmur")


async def test_signatures_outlive_restarts_and_go_with_their_person(
    sandbox: SandboxClient, ann: Person, settings: Settings
) -> None:
    """After /forget nobody reads the name, and the case waits for review again."""
    async with running_bot(settings):
        await signs(ann)
    async with running_bot(settings):
        assert "Reviewed by Ann Lee" in await explained(sandbox, "Ada")
        kept = await my_data(ann)
        assert [row["name"] for row in kept["cases_you_signed"]] == ["Ann Lee"]
        privacy = await asked(ann, "/privacy", "Of reviewers:")
        assert "your signature comes off" in text_of(privacy)
        forget = await asked(ann, "/forget", "Erase everything kept about you?", "signed")
        await ann.press(forget, buttons(forget)["Erase everything"])
        await ann.wait_for(says("nothing that leads to you is shown or sent any more"))
        assert "Not yet reviewed" in await explained(sandbox, "Bob")
    async with running_bot(settings):
        assert "Not yet reviewed" in await explained(sandbox, "Cleo")


async def test_a_reviewer_sees_every_wording_that_they_sign(
    ann: Person, root: Person, folder: Path, at_work: Settings
) -> None:
    """Those of later reviews too, since the signature holds for them."""
    variant = {"id": "man", "vignette": "A man of 70 has lumps.", "prompt": "What are his?"}
    write_case(folder / "hard-lumps.yaml", questions=[question_data(variants=[variant])])
    await asked(root, "/reload", "Changed cases are in use")
    await opened(ann)
    whole = "\n".join(map(text_of, await ann.messages()))
    assert "In later reviews this question may come like this:\n\nA man of 70 has lumps." in whole
    assert "What are his?" in whole


async def test_who_wrote_a_case_in_the_chat_hears_of_it_and_does_not_sign_it(
    server: SandboxServer, sandbox: SandboxClient, ann: Person, ben: Person, at_work: Settings
) -> None:
    """Whatever name stands in it: a change goes to its author, a rejection to them as well."""
    murmur = case_code("murmur")
    await asked(ben, "/start", "Good morning")
    await published_by(at_work.database, "murmur", ben.id)
    page = await asked(ben, "/review_cases", "2 cases wait")
    assert "Cardiology · 1" not in buttons(page)
    await asked(ben, f"/review_cases {murmur}", "You are among its authors")
    shown = await opened(ann, murmur)
    await forge(server, at_work, ben, page, buttons(shown)["Sign"])
    await pressed(ann, shown, "Ask for a change", "with your name, to its author")
    await asked(ann, "Please cite a trial.", "is passed on")
    await ben.wait_for(says("A reviewer asks for a change", "Ann Lee:\nPlease cite a trial."))
    await pressed(ann, shown, "Reject", "and to its author if it was written here")
    await asked(ann, "It is wrong.", "is passed on")
    await ben.wait_for(says("A reviewer rejects this case of yours:", "Ann Lee:\nIt is wrong."))
    assert "Not yet reviewed" in await explained(sandbox, "Ada", "murmur")


async def test_who_wrote_a_case_in_the_chat_hears_once_of_a_signature_and_of_its_end(
    ann: Person, ben: Person, root: Person, at_work: Settings
) -> None:
    """By the name that learners read; whose name it was is not told again once it is taken back."""
    murmur = case_code("murmur")
    await asked(ben, "/start", "Good morning")
    await published_by(at_work.database, "murmur", ben.id)
    shown = await opened(ann, murmur)
    sign = buttons(shown)["Sign"]
    for _ in range(2):
        await ann.press(shown, sign)
    signed = await changed(ann, shown, "You signed case")
    told = await ben.wait_for(says("A reviewer signed this case of yours", f"Case {murmur}"))
    assert "Reviewed by Ann Lee on" in text_of(told)
    take_back = buttons(signed)["Take back"]
    for _ in range(2):
        await ann.press(signed, take_back)
    told = await ben.wait_for(says("took back their signature", f"Case {murmur}"))
    assert "no clinician has reviewed it yet" in text_of(told)
    assert "Ann" not in text_of(told)
    await asked(ben, "/start", "Good morning")
    heard = [text_of(one) for one in await ben.messages() if "of yours" in text_of(one)]
    assert len(heard) == 2
