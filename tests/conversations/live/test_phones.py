"""The phones of a live round: joining, voting, the second vote, the reveal, and what comes late."""

import asyncio

from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.database import query
from tests.support.live_phones import TWO_QUESTIONS, Phone, Presenter, educator, phones
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, my_data, says, text_of
from tests.support.trouble import inject, settled, unconfirmed, until

RIGHT = "Rheumatoid arthritis"
WRONG = "Systemic sclerosis"


async def test_a_round_on_the_phones_from_joining_to_the_review(
    ada: Person, sandbox: SandboxClient, settings: Settings
) -> None:
    """Each vote once, no message for it; before and after; the first ballot is the answer."""
    round_ = await Presenter.begin(ada)
    ben, cleo, dan = await phones(sandbox, round_.code, "Ben", "Cleo", "Dan")
    eve = Phone(await sandbox.person("Eve", language_code="en"))
    await asked(eve.person, round_.code.lower(), "✅ You are in", "What is kept", "/privacy")
    await round_.shows("4 people are in.")
    await round_.step("Show the case")
    await round_.step("Open")
    for phone in (ben, cleo, dan, eve):
        await phone.asks()
    assert {text_of(phone.question) for phone in (cleo, dan, eve)} == {text_of(ben.question)}
    right, wrong = ben.number_of(RIGHT), ben.number_of(WRONG)
    said = await ben.press(wrong)
    assert said == f"{wrong} · {WRONG} stands. You can change it until closing."
    assert await ben.press(wrong) == said
    assert (await cleo.press(wrong)).startswith(f"{wrong} · ")
    assert (await cleo.press(right)).startswith(f"{right} · {RIGHT}")
    await dan.press(right)
    await round_.shows("3 of 4 in")
    await ben.press("See the case")
    after = ben.question["message_id"]
    await ben.person.wait_for(lambda m: "photo" in m, after=after)
    await ben.person.wait_for(says("hard lumps beneath the skin"), after=after)

    await round_.step("Close")
    assert await eve.press(right) == "⏰ Closed."
    assert await ben.press(right) == f"⏰ Closed. Your vote: {wrong} · {WRONG}."
    await round_.step("Discuss, vote again")
    await ben.says("Discuss, then vote again", f"Before: {wrong} · {WRONG}")
    await eve.says("Discuss, then vote again")
    await ben.press(right)
    await eve.press(right)
    await round_.shows("2 of 4 in")
    await round_.step("Close")
    await round_.step("Reveal")
    await ben.says(f"❌ First vote: {wrong} · {WRONG}", f"✅ After discussion: {right} · {RIGHT}")
    await cleo.says("✅ Right.", f"You chose: {right} · {RIGHT}", "Key point:")
    await eve.says(f"✅ After discussion: {right}")
    await ben.press("Explanation")
    after = ben.question["message_id"]
    told = await ben.person.wait_for(says(f"You chose: {WRONG}"), after=after)
    assert f"After discussion you chose: {RIGHT}" in text_of(told)

    rows = """
        SELECT person_id, json_array_length(choices), verdict, first FROM answers ORDER BY person_id
    """
    await until(lambda: _counts(settings, "SELECT count(*) FROM answers", 4))
    assert query(settings.database, rows) == sorted(
        [
            (ben.person.id, 1, "wrong", 1),
            (cleo.person.id, 1, "correct", 1),
            (dan.person.id, 1, "correct", 1),
            (eve.person.id, 1, "correct", 0),
        ]
    )
    await round_.step("End")
    assert await ben.press("Explanation") == ""
    await asked(ben.person, "/progress", "1")
    mine = await my_data(ben.person)
    assert [vote["ballot"] for vote in mine["live_votes"]] == [1, 2]
    assert [one["code"] for one in mine["live_rounds"]] == [round_.code]


async def _counts(settings: Settings, sql: str, number: int) -> bool:
    return query(settings.database, sql) == [(number,)]


async def test_a_second_question_brings_its_news(
    ada: Person, sandbox: SandboxClient, settings: Settings
) -> None:
    """As it is shown; then the question in the same message. Each phone has one message of each."""
    round_ = await Presenter.begin(ada, TWO_QUESTIONS)
    (ben,) = await phones(sandbox, round_.code, "Ben")
    await round_.step("Show the case")
    await round_.step("Open")
    first = await ben.asks("Question 1 of 2")
    await ben.press("1")
    await round_.step("Close")
    await round_.step("Reveal")
    await ben.says("You chose:")
    await round_.step("Next")
    news = await ben.person.wait_for(says("Question 2 of 2"), after=first["message_id"])
    assert list(buttons(news)) == ["See the case"]
    await round_.step("Open")
    ben.question = news
    await ben.says("Question 2 of 2")
    question = await ben.asks("Question 2 of 2")
    assert question["message_id"] == news["message_id"]
    assert "stands" in await ben.press("2") or "stand" in await ben.press("2")
    stale = await ben.person.press(first, buttons(first)["1"])
    assert stale is not None
    assert stale["text"] == "⏰ This question is closed."
    await round_.step("End")
    await round_.step("End the round")
    await ben.says("This round is over. What is right was not shown.")
    await until(lambda: _counts(settings, "SELECT count(*) FROM answers", 2))


async def test_what_is_forged_or_foreign_is_refused(
    ada: Person, sandbox: SandboxClient, settings: Settings, server: SandboxServer
) -> None:
    """Who did not join, who left, an older round's buttons, a choice that is not there."""
    older = await Presenter.begin(ada)
    (ben,) = await phones(sandbox, older.code, "Ben")
    await older.step("Show the case")
    await older.step("Open")
    old = await ben.asks()
    await older.step("End")
    round_ = await Presenter.begin(ada)
    await ben.join(round_.code)
    (cleo,) = await phones(sandbox, round_.code, "Cleo")
    await round_.step("Show the case")
    await round_.step("Open")
    await cleo.asks()
    stale = await ben.person.press(old, buttons(old)["1"])
    assert stale is not None
    assert stale["text"] == "This round is over."
    dan = Phone(await sandbox.person("Dan", language_code="en"))
    greeting = await asked(dan.person, "/start", "Good morning")
    vote = buttons(cleo.question)["1"]
    explain = vote.replace("v:", "why:").rpartition(".")[0]
    for person, data, words in (
        (dan.person, vote, "You are not in this round."),
        (dan.person, explain, "You are not in this round."),
        (cleo.person, explain, "The answer is not revealed yet"),
        (cleo.person, vote[:-1] + "b", "no longer works"),
        (cleo.person, vote.replace(":0.", ":1."), "no longer works"),
        (cleo.person, "phone:v:0:0.0", "no longer works"),
        (cleo.person, "phone:", "no longer works"),
    ):
        at = greeting if person is dan.person else cleo.question
        assert words in await forged(server, sandbox, person, at, data)
    assert query(settings.database, "SELECT count(*) FROM live_votes") == [(0,)]


async def forged(
    server: SandboxServer, sandbox: SandboxClient, person: Person, message: Message, data: str
) -> str:
    """What a changed app is told that sends such data."""
    user = {"id": person.id, "is_bot": False, "first_name": "Mal", "language_code": "en"}
    number = f"{person.id} {data}"
    query = {"id": number, "from": user, "chat_instance": "1", "message": message, "data": data}
    inject(server, {"update_id": server._world.updates._next_id, "callback_query": query})
    told = ""

    async def answered() -> bool:
        nonlocal told
        calls = [one["params"] for one in await sandbox.traffic()]
        ours = [one for one in calls if str(one.get("callback_query_id")) == number]
        told = str(ours[-1].get("text", "")) if ours else ""
        return bool(ours)

    await until(answered)
    return told


async def test_a_group_is_told_where_rounds_are_joined(
    ada: Person, sandbox: SandboxClient, settings: Settings
) -> None:
    """By the link's command, in a line; nobody joins there."""
    round_ = await Presenter.begin(ada)
    group = await sandbox.chat("supergroup", "Interns", members=[ada], admins=[ada])
    await group.send(ada, f"/start lv_{round_.code}")
    line = await group.wait_for(ada, says("joined in our private chat"))
    assert round_.code in str(line["entities"])
    assert query(settings.database, "SELECT count(*) FROM live_people") == [(0,)]


async def test_who_forgets_themselves_amid_a_round_is_gone_from_it(
    ada: Person, sandbox: SandboxClient, settings: Settings
) -> None:
    """The count follows; a late press brings nothing back; the others' round goes on."""
    round_ = await Presenter.begin(ada)
    ben, cleo = await phones(sandbox, round_.code, "Ben", "Cleo")
    await round_.step("Show the case")
    await round_.step("Open")
    await asyncio.gather(ben.asks(), cleo.asks())
    await ben.press("1")
    await cleo.press("2")
    await round_.shows("2 of 2 in")
    question = await asked(ben.person, "/forget", "")
    await ben.person.press(question, "forget:yes")
    await round_.shows("1 of 1 in")
    assert "You are not in this round" in await ben.press("1")
    await round_.step("Close")
    await round_.step("Reveal")
    await cleo.says("Key point:")
    await settled(settings.database)
    people = "SELECT person_id FROM live_votes UNION SELECT person_id FROM live_people"
    assert query(settings.database, people) == [(cleo.person.id,)]
    assert "Key point" not in text_of(await _as_it_stands(ben))


async def _as_it_stands(phone: Phone) -> dict[str, object]:
    number = phone.question["message_id"]
    return await phone.person.wait_for(lambda m: m["message_id"] == number)


async def test_who_blocks_the_bot_holds_nobody_up(
    ada: Person, sandbox: SandboxClient, settings: Settings
) -> None:
    """What is theirs is not sent, and nobody waits for their vote; the others have the reveal. Who
    comes back and joins again is counted again.
    """
    round_ = await Presenter.begin(ada)
    ben, cleo, dan = await phones(sandbox, round_.code, "Ben", "Cleo", "Dan")
    await round_.step("Show the case")
    await ben.person.block()
    await round_.step("Open")
    await asyncio.gather(cleo.asks(), dan.asks())
    await round_.shows("0 of 2 in")
    await dan.person.block()
    await round_.shows("0 of 1 in")
    await cleo.press(cleo.number_of(RIGHT))
    await ben.person.unblock()
    await ben.join(round_.code)
    await ben.asks()
    await round_.shows("1 of 2 in")
    await ben.press(ben.number_of(RIGHT))
    await round_.shows("2 of 2 in", "All phones have it.")
    await round_.step("Close")
    await round_.step("Reveal")
    await cleo.says("✅ Right.")
    await settled(settings.database)


async def test_an_open_question_comes_anew_to_who_joins_again(
    ada: Person, sandbox: SandboxClient
) -> None:
    """Perhaps they deleted it; late comers get it at once; the reveal comes to the newest."""
    round_ = await Presenter.begin(ada)
    (ben,) = await phones(sandbox, round_.code, "Ben")
    await round_.step("Show the case")
    await round_.step("Open")
    first = await ben.asks()
    await ben.press(ben.number_of(RIGHT))
    await ben.person.delete(first)
    await ben.join(round_.code)
    again = await ben.person.wait_for(lambda m: "1" in buttons(m), after=first["message_id"])
    assert text_of(again) == text_of(first)
    ben.question = again
    cleo = Phone(await sandbox.person("Cleo", language_code="en"))
    await cleo.join(round_.code)
    await cleo.asks()
    await round_.step("Close")
    await round_.step("Reveal")
    await ben.says("✅ Right.")
    told = await cleo.says("Key point:")
    assert "chose" not in text_of(told)


async def test_who_deleted_the_question_is_told_anew(ada: Person, sandbox: SandboxClient) -> None:
    """What is right comes in a message of its own."""
    round_ = await Presenter.begin(ada)
    (ben,) = await phones(sandbox, round_.code, "Ben")
    await round_.step("Show the case")
    await round_.step("Open")
    asked_in = await ben.asks()
    await ben.press(ben.number_of(RIGHT))
    await round_.step("Close")
    await ben.person.delete(asked_in)
    await round_.step("Reveal")
    await ben.person.wait_for(says("✅ Right.", "Key point:"), after=asked_in["message_id"])


async def test_what_waited_in_a_backlog_is_heard_in_the_order_of_the_presses(
    sandbox: SandboxClient, root: Person, settings: Settings, server: SandboxServer
) -> None:
    """Votes that were pressed before the closing count, though the bot was away; later ones are
    late, and who joined by then gets what is asked next.
    """
    async with running_bot(settings):
        await asked(root, "/start", "Good morning")
        round_ = await Presenter.begin(await educator(sandbox, root))
        ben, cleo = await phones(sandbox, round_.code, "Ben", "Cleo")
        await round_.step("Show the case")
        await round_.step("Open")
        await asyncio.gather(ben.asks(), cleo.asks())
        await round_.can("Close")
        panel = await round_.now()
    first, changed = ben.number_of(WRONG), ben.number_of(RIGHT)
    dan = await sandbox.person("Dan", language_code="en")
    waiting = []
    for deed in (
        ben.press(first),
        ben.press(changed),
        round_.person.press(panel, buttons(panel)["Close"]),
        cleo.press(changed),
        dan.send(f"/start lv_{round_.code}"),
    ):
        before = unconfirmed(server)
        waiting.append(asyncio.ensure_future(deed))

        async def one_more(before: int = before) -> bool:
            return unconfirmed(server) > before

        await until(one_more)
    async with running_bot(settings):
        answers = await asyncio.gather(*waiting)
        assert f"{changed} · {RIGHT} stands" in str(answers[1])
        assert answers[3] == "⏰ Closed."
        votes = query(settings.database, "SELECT person_id FROM live_votes")
        assert votes == [(ben.person.id,)]
        await dan.wait_for(says("Voting is closed at the moment"))
        await round_.step("Discuss, vote again")
        await Phone(dan).asks("Discuss, then vote again")
