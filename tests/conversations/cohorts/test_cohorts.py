"""Educators and their cohorts: approved, made, joined, left, handed over, closed."""

from bot.settings import Settings
from tests.conversations.cohorts.conftest import (
    approved,
    invited,
    joined,
    made,
    newcomer,
    press,
    token_in,
)
from tests.support.database import query
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import asked, buttons, changed, my_data, says, text_of


async def test_an_educator_is_approved_by_one_press(
    sandbox: SandboxClient, staff: list[Person], at_work: Settings
) -> None:
    """Asked once, decided once, each side told; taken back, and with it the sight of the cohort."""
    root, ines = staff
    ada = await newcomer(sandbox, "<b>Ada* & co", username="ada_l")
    offer = await asked(ada, "/cohort", "Cohorts are for educators")
    await press(ada, offer, "Ask")
    await changed(ada, offer, "You asked to be approved")
    await asked(ada, "/cohort", "You asked to be approved")
    card = await root.wait_for(says("asks to be approved", "<b>Ada* & co (@ada_l)"))
    hers = await ines.wait_for(says("pide que se le autorice", "<b>Ada* & co (@ada_l)"))
    await press(root, card, "Approve")
    decided = await changed(root, card, "Approved by Root.")
    await ada.wait_for(says("You are approved as an educator"))
    assert await press(ines, hers, "Denegar") == "Autorización dada por Root."
    await changed(ines, hers, "Autorización dada por Root.")
    page = await made(ada, "Interns")
    ben = await newcomer(sandbox, "Ben")
    await joined(ben, token_in(page), "Join as Ben")

    await press(root, decided, "Take it back")
    question = await changed(root, card, "Take the approval back?")
    await press(root, question, "Take it back")
    await changed(root, card, "Not approved, by Root.")
    await ada.wait_for(says("took back your approval"))
    await ben.wait_for(says("Interns is closed"))
    assert "don't teach this cohort" in await press(ada, page, "Members")
    await asked(ada, "/cohort", "Cohorts are for educators")


async def test_a_bot_without_administrators_says_so(bot: Settings, learner: Person) -> None:
    """Nobody could ever approve."""
    await asked(learner, "/cohort", "nobody is set as an administrator")


async def test_a_learner_reads_what_is_seen_before_joining(
    sandbox: SandboxClient, staff: list[Person], at_work: Settings
) -> None:
    """By name or under an alias; nothing is kept of who says no; leaving takes the row at once."""
    ada = await approved(sandbox, staff[0], "Ada", username="ada_l")
    page = await made(ada, "Ward *7* <i>")
    assert "Ward *7* <i>" in text_of(page)
    link = token_in(page)
    ben, cleo, dan = [await newcomer(sandbox, name) for name in ("Ben", "Cleo", "Dan")]
    consent = await invited(ben, link)
    for words in (
        "Ward *7* <i>",
        "Ada (@ada_l), approved by Root",
        "nothing more was checked",
        "They never see",
        "anything from before today",
        "can read its database",
        "You can leave at any time by /cohorts",
    ):
        assert words in text_of(consent)
    await press(ben, consent, "No")
    await changed(ben, consent, "You did not join")
    assert (await my_data(ben))["cohorts"] == []
    await joined(ben, link, "Join as Ben")
    assert (await my_data(ben))["cohorts"][0]["name"] == "Ben"
    await asked(ben, f"/start {link}", "You are a member of Ward *7* <i> already.")

    consent = await invited(cleo, link)
    await press(cleo, consent, "Join under an alias")
    await cleo.wait_for(says("Write the alias"), after=consent["message_id"])
    await asked(cleo, "x" * 33, "An alias has 1 to 32 characters")
    await asked(cleo, "bEN", "Somebody in this cohort is called that.")
    await asked(cleo, "=Owl<b>", "You joined Ward *7* <i> as =Owl<b>.")
    await asked(cleo, "Thanks, everybody", "I can't hold a conversation")

    shown = await asked(ada, "/cohort", "2 members", "2 of 50 have joined")
    await press(ada, shown, "Members")
    listed = await changed(ada, shown, "1. =Owl<b> (alias)", "2. Ben")
    assert "Cleo" not in text_of(listed)
    await press(ada, listed, "2")
    question = await changed(ada, shown, "Remove this member?", "Ben")
    await press(ada, question, "Remove")
    await changed(ada, shown, "1 member")
    await ben.wait_for(says("took you off Ward *7* <i>"))
    assert (await my_data(ben))["cohorts"] == []

    own = await asked(cleo, "/cohorts", "under the alias =Owl<b>", "(terms 1)", "Ada (@ada_l)")
    await press(cleo, own, "Leave Ward *7* <i>")
    question = await cleo.wait_for(says("Leave this cohort?"), after=own["message_id"])
    await press(cleo, question, "Leave")
    await changed(cleo, question, "You left Ward *7* <i>")
    assert "not in this cohort" in await press(cleo, own, "Leave Ward *7* <i>")
    assert (
        query(at_work.database, "SELECT person_id FROM cohort_people WHERE role = 'member'") == []
    )
    await asked(cleo, "/cohorts", "You are in no cohort.")
    await asked(dan, "/start co_forged", "This link lets nobody in")


async def test_old_links_let_nobody_in(
    sandbox: SandboxClient, staff: list[Person], at_work: Settings
) -> None:
    """Renewed, or the cohort closed: the press under a page read before is answered, kindly."""
    ada = await approved(sandbox, staff[0], "Ada")
    page = await made(ada, "Interns")
    old = token_in(page)
    ben = await newcomer(sandbox, "Ben")
    consent = await invited(ben, old)
    await press(ada, page, "New link")
    renewed = await ada.wait_for(
        lambda m: m["message_id"] == page["message_id"] and token_in(m) != old
    )
    await press(ben, consent, "Join as Ben")
    await changed(ben, consent, "This link lets nobody in, or no more.")
    fresh = await invited(ben, token_in(renewed))
    await press(ada, renewed, "Close")
    question = await changed(ada, page, "Close this cohort?")
    await press(ada, question, "Close it")
    closed = await changed(ada, page, "Closed on")
    assert "Assign" not in buttons(closed)
    await press(ben, fresh, "Join under an alias")
    await changed(ben, fresh, "This link lets nobody in, or no more.")
    assert await press(ada, renewed, "Rename") == "This cohort is closed."


async def test_a_link_comes_with_its_qr_code(
    sandbox: SandboxClient, staff: list[Person], at_work: Settings
) -> None:
    """A picture to be shown, with the link as text below; for as many as was chosen."""
    ada = await approved(sandbox, staff[0], "Ada")
    page = await made(ada, "Ward *7* <i>")
    await press(ada, page, "May join: 50")
    question = await changed(ada, page, "How many people may join")
    await press(ada, question, "200")
    wider = await changed(ada, page, "0 of 200 have joined")
    await press(ada, wider, "Link and QR code")
    picture = await ada.wait_for(lambda message: "photo" in message)
    assert picture["caption"].startswith("Ward *7* <i>\n\nhttps://t.me/")
    assert token_in(page) in picture["caption"]
    assert await sandbox.file(picture["photo"][-1]["file_id"])


async def test_a_cohort_is_taught_by_two_and_handed_over(
    sandbox: SandboxClient, staff: list[Person], at_work: Settings
) -> None:
    """By links that work once, for approved educators; members hear who sees the same."""
    root, _ = staff
    ada = await approved(sandbox, root, "Ada")
    page = await made(ada, "Interns")
    ben = await newcomer(sandbox, "Ben")
    await joined(ben, token_in(page), "Join as Ben")
    waiting = await invited(await newcomer(sandbox, "Eve"), token_in(page))
    assert "• Ada, approved by Root" in text_of(waiting)

    await press(ada, page, "Add an educator")
    passed_on = await ada.wait_for(says("teach the cohort with you"))
    link = token_in(passed_on)
    await asked(ben, f"/start {link}", "already. To teach it, leave it first")
    await asked(ada, f"/start {link}", "You teach Interns already.")
    cleo = await newcomer(sandbox, "Cleo", username="cleo_md")
    unapproved = await asked(cleo, f"/start {link}", "whom those who run this bot approved")
    await press(cleo, unapproved, "Ask")
    card = await root.wait_for(says("asks to be approved", "Cleo"))
    await press(root, card, "Approve")
    await cleo.wait_for(says("open it again"))
    invitation = await asked(cleo, f"/start {link}", "You are invited to teach this cohort")
    await press(cleo, invitation, "Teach it")
    await cleo.wait_for(says("You teach Interns now."))
    await ada.wait_for(says("Cleo (@cleo_md) teaches Interns with you now."))
    await ben.wait_for(says("Cleo (@cleo_md) teaches Interns from now on", "/cohorts"))
    await asked(await newcomer(sandbox, "Fay"), f"/start {link}", "This link lets nobody in")

    await press(ada, page, "Hand over")
    passed_on = await ada.wait_for(says("take the cohort over"))
    gus = await approved(sandbox, root, "Gus")
    invitation = await asked(gus, f"/start {token_in(passed_on)}", "You are to take over")
    await press(gus, invitation, "Teach it")
    await ada.wait_for(says("Gus has taken over Interns from you."))
    await ben.wait_for(says("Gus teaches Interns from now on"))
    await asked(ada, "/cohort", "You teach no cohort yet.")
    assert "don't teach this cohort" in await press(ada, page, "Members")

    shown = await asked(cleo, "/cohort", "• Cleo (@cleo_md)", "• Gus")
    await press(cleo, shown, "Leave")
    question = await cleo.wait_for(says("Teach this cohort no more?"))
    await press(cleo, question, "Leave")
    await changed(cleo, question, "You left Interns")
    shown = await asked(gus, "/cohort", "1 member")
    assert "hand it over, or close it" in await press(gus, shown, "Leave")


async def test_the_last_educators_forget_closes_the_cohort(
    sandbox: SandboxClient, staff: list[Person], settings: Settings, at_work: Settings
) -> None:
    """Its members are told, without the name; as long as another teaches it, it goes on."""
    root, _ = staff
    ada, gus = [await approved(sandbox, root, name) for name in ("Ada", "Gus")]
    page = await made(ada, "Interns")
    ben = await newcomer(sandbox, "Ben")
    await joined(ben, token_in(page), "Join as Ben")
    await press(ada, page, "Add an educator")
    link = token_in(await ada.wait_for(says("teach the cohort with you")))
    invitation = await asked(gus, f"/start {link}", "You are invited to teach this cohort")
    await press(gus, invitation, "Teach it")
    await gus.wait_for(says("You teach Interns now."))

    async def forget(person: Person) -> None:
        question = await asked(person, "/forget", "one that nobody else teaches is closed")
        await press(person, question, "Erase everything")
        await person.wait_for(says("nothing that leads to you"), after=question["message_id"])

    await forget(ada)
    await asked(gus, "/cohort", "• Gus, approved by Root")
    fresh = await invited(await newcomer(sandbox, "Eve"), token_in(page))
    assert "Ada" not in text_of(fresh)
    await forget(gus)
    told = await ben.wait_for(says("Interns is closed"))
    assert "Gus" not in text_of(told)
    own = await asked(ben, "/cohorts", "Interns", "It is closed.")
    await press(ben, own, "Leave Interns")
    question = await ben.wait_for(says("Leave this cohort?"))
    await press(ben, question, "Leave")
    await changed(ben, question, "You left Interns")
    await asked(ada, f"/start {token_in(page)}", "This link lets nobody in")
