"""Polls in the world: voting, closing, and what each side gets to know of it."""

import hashlib

from msgspec.structs import replace

from bot.sandbox.errors import bad_request
from bot.sandbox.model import Chat, Message, Poll, PollCard
from bot.sandbox.render import BOT_VIEW, PERSON_VIEW, View, poll_json
from bot.sandbox.wire import Json
from bot.sandbox.world import World
from bot.sandbox.writer import CHANNEL_BOT


def start(world: World, poll: Poll) -> None:
    """Let a poll that was just sent close by itself when its time comes."""
    if poll.close_date is None or poll.closed:
        return

    def time_is_up() -> None:
        if not poll.closed:
            close(world, poll)

    world.timers.later(poll.close_date - world.clock.now() / 1000, time_is_up)


def close(world: World, poll: Poll) -> None:
    """End the voting and tell the bot."""
    poll.closed = True
    _tell(world, poll)


def vote(world: World, message: Message, person_id: int, chosen: list[int]) -> Poll:
    """Record, change or take back a person's vote. Raises ApiError as Telegram refuses."""
    if not isinstance(message.content, PollCard):
        raise bad_request("message poll not found")
    poll = message.content.poll
    picked = tuple(sorted(set(chosen)))
    if poll.close_date is not None and world.now() >= poll.close_date and not poll.closed:
        close(world, poll)
    voter_id = voter(world.chats[message.chat_id], person_id)
    _check_vote(poll, voter_id, picked)
    if poll.votes.get(voter_id, ()) == picked:
        return poll
    if picked:
        poll.votes[voter_id] = picked
    else:
        del poll.votes[voter_id]
    _tell(world, poll)
    if not poll.anonymous:
        answer = {
            "poll_id": poll.id,
            **_voter_json(world, voter_id),
            "option_ids": list(picked),
            "option_persistent_ids": [poll.options[index].persistent_id for index in picked],
        }
        world.updates.push("poll_answer", answer)
    return poll


def voter(chat: Chat, person_id: int) -> int:
    """Under which id a person votes: their own, or the chat's for an anonymous administrator."""
    member = chat.members.get(person_id)
    return chat.id if member is not None and member.anonymous else person_id


def _voter_json(world: World, voter_id: int) -> Json:
    """Who a PollAnswer says it was; Telegram names a stand-in user where a chat voted."""
    if voter_id in world.people:
        return {"user": world.json.user(voter_id)}
    chat = world.json.chat(world.chats[voter_id])
    return {"voter_chat": chat, "user": world.json.user(CHANNEL_BOT)}


def _check_vote(poll: Poll, voter_id: int, picked: tuple[int, ...]) -> None:
    if poll.closed:
        raise bad_request("poll has already been closed")
    if any(not 0 <= index < len(poll.options) for index in picked):
        raise bad_request("invalid option identifier specified")
    if len(picked) > 1 and not poll.multiple:
        raise bad_request("can't choose more than 1 option in the poll")
    if poll.revoting or (not picked and voter_id not in poll.votes):
        return
    kind = "a quiz" if poll.quiz else "the poll"
    if not picked:
        raise bad_request(f"can't retract vote in {kind}")
    if voter_id in poll.votes:
        raise bad_request(f"can't revote in {kind}")


def _tell(world: World, poll: Poll) -> None:
    """Tell the bot and the watchers how the poll stands."""
    world.updates.push("poll", poll_json(poll, BOT_VIEW, in_message=False))
    for chat_id, message_id in world.showing(poll):
        world.live.tell("poll", chat_id, message_id)


def view_of(poll: Poll, voter_id: int) -> View:
    """What this voter may see: results and key after the vote, unless hidden to the end."""
    voted = voter_id in poll.votes
    return replace(
        PERSON_VIEW,
        results=poll.closed or (voted and not poll.results_hidden),
        key=poll.closed or voted,
    )


def personal_json(poll: Poll, voter_id: int) -> Json:
    """A voter's side of a poll: own choice, order of display, what may be done and seen.

    The order is drawn anew for each voter where the poll is shuffled, and stays the same.
    """

    def draw(index: int) -> bytes:
        return hashlib.sha256(f"{poll.id}:{voter_id}:{index}".encode()).digest()

    order = range(len(poll.options))
    return {
        "chosen": list(poll.votes.get(voter_id, ())),
        "order": sorted(order, key=draw) if poll.shuffled else list(order),
        "can_vote": not poll.closed and (voter_id not in poll.votes or poll.revoting),
        "results_visible": view_of(poll, voter_id).results,
    }
