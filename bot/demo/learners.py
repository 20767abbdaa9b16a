"""Learners in their private chats, so that a newcomer's answer has others to be compared with."""

from bot.demo.sandbox_client import Message, Sandbox

_LOOKS = 20  # for a poll, before it is taken that none comes
_PAUSE_S = 0.25  # seconds between two looks


async def learn(sandbox: Sandbox, person: int) -> None:
    """Be a learner who answers every case there is."""
    await sandbox.say(person, "/start")
    seen = 0
    while True:
        await sandbox.say(person, "/case")
        polls = 0
        while (poll := await _open_poll(sandbox, person, seen)) is not None:
            seen = poll["message_id"]
            polls += 1
            await sandbox.vote(person, person, poll)
        if polls == 0:
            return


async def _open_poll(sandbox: Sandbox, person: int, after: int) -> Message | None:
    """The next poll to vote in; None if none comes for a while."""
    for _ in range(_LOOKS):
        for message in await sandbox.messages(person, person, after):
            if "poll" in message:
                return message
        await sandbox.clock.sleep(_PAUSE_S)
    return None
