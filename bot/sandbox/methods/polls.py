"""sendPoll and stopPoll."""

import secrets
from itertools import pairwise
from typing import Any, Final

from msgspec.structs import replace

from bot.sandbox import poll_votes
from bot.sandbox.access import writable
from bot.sandbox.entities.formatted import caption_argument, formatted
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import read_inline
from bot.sandbox.methods.poll_media import poll_media
from bot.sandbox.model import NOTHING, ChatType, Formatted, Poll, PollCard, PollOption
from bot.sandbox.params import Params
from bot.sandbox.render import BOT_VIEW, poll_json
from bot.sandbox.sending import chat_of, send
from bot.sandbox.wire import Json
from bot.sandbox.world import World, new_id

MAX_QUESTION: Final = 300
MAX_OPTION: Final = 100
MAX_OPTIONS: Final = 12
MAX_EXPLANATION: Final = 200
MAX_EXPLANATION_LINE_FEEDS: Final = 2
MAX_COUNTRIES: Final = 12
SHORTEST_S: Final = 5
LONGEST_S: Final = 2_628_000
"""Seconds that a poll with a time limit stays open: times out of range are clamped."""


async def send_poll(world: World, params: Params) -> Json:
    """A poll or quiz with everything it may carry."""
    chat = writable(world, params.values.get("chat_id"))
    poll = _basics(params)
    poll.options = await _options(world, params)
    _key(params, poll)
    _restrictions(params, poll, chat.type)
    _times(params, poll, world.now())
    poll.explanation_media = await poll_media(world, params, params.mapping("explanation_media"))
    poll.description = caption_argument(params, "description")
    poll.media = await poll_media(world, params, params.mapping("media"))
    return world.json.message(send(world, params, PollCard(poll)))


def _basics(params: Params) -> Poll:
    question = formatted(
        params.text("question"),
        params.text("question_parse_mode"),
        params.sequence("question_entities"),
    ).text
    if not question:
        raise bad_request("text must be non-empty")
    if len(question) > MAX_QUESTION:
        raise bad_request(f"poll question length must not exceed {MAX_QUESTION}")
    kind = params.text("type") or "regular"
    if kind not in {"quiz", "regular"}:
        raise bad_request("unsupported poll type specified")
    return Poll(
        id=new_id(),
        question=question,
        options=(),
        quiz=kind == "quiz",
        anonymous=params.flag("is_anonymous", default=True),
        multiple=params.flag("allows_multiple_answers"),
        revoting=params.flag("allows_revoting", default=kind != "quiz"),
        shuffled=params.flag("shuffle_options"),
        results_hidden=params.flag("hide_results_until_closes"),
        closed=params.flag("is_closed"),
    )


async def _options(world: World, params: Params) -> tuple[PollOption, ...]:
    items = params.sequence("options") or []
    if not items:
        raise bad_request("poll must have at least one answer option")
    if len(items) > MAX_OPTIONS:
        raise bad_request(f"poll can't have more than {MAX_OPTIONS} options")
    return tuple([await _option(world, params, item) for item in items])


async def _option(world: World, params: Params, item: Any) -> PollOption:
    if not isinstance(item, dict | str):
        raise bad_request("can't parse options JSON object")
    fields = Params({"text": item} if isinstance(item, str) else item)
    text = formatted(
        fields.text("text"), fields.text("text_parse_mode"), fields.sequence("text_entities")
    ).text
    if not text:
        raise bad_request("poll option must be non-empty")
    if len(text) > MAX_OPTION:
        raise bad_request(f"poll options length must not exceed {MAX_OPTION}")
    media = await poll_media(world, params, fields.mapping("media"), for_option=True)
    return PollOption(secrets.token_hex(4), text, media)


def _key(params: Params, poll: Poll) -> None:
    """The correct answers and their explanation; a poll that is no quiz has neither."""
    if not poll.quiz:
        return
    correct = params.integers("correct_option_ids")
    if correct is None:
        single = params.integer("correct_option_id")
        correct = [] if single is None else [single]
    if not correct:
        raise bad_request("correct quiz option list must be non-empty")
    if not all(0 <= index < len(poll.options) for index in correct):
        raise bad_request("wrong correct option ID specified")
    if any(low >= high for low, high in pairwise(correct)):
        raise bad_request("correct quiz option list must be increasing")
    poll.correct = tuple(correct)
    poll.explanation = _explanation(params)


def _explanation(params: Params) -> Formatted:
    if not params.text("explanation"):
        return NOTHING
    result = formatted(
        params.text("explanation"),
        params.text("explanation_parse_mode"),
        params.sequence("explanation_entities"),
    )
    # No source settles Telegram's words for these two.
    if len(result.text) > MAX_EXPLANATION:
        raise bad_request(f"poll explanation length must not exceed {MAX_EXPLANATION}")
    if result.text.count("\n") > MAX_EXPLANATION_LINE_FEEDS:
        raise bad_request(
            f"poll explanation must have at most {MAX_EXPLANATION_LINE_FEEDS} line feeds"
        )
    return result


def _restrictions(params: Params, poll: Poll, chat_type: ChatType) -> None:
    if chat_type is ChatType.CHANNEL and not poll.anonymous:
        raise bad_request("non-anonymous polls can't be sent to channel chats")
    countries = params.sequence("country_codes") or []
    if len(countries) > MAX_COUNTRIES:
        raise bad_request(f"poll can't have more than {MAX_COUNTRIES} countries")
    if chat_type is ChatType.CHANNEL:
        poll.members_only = params.flag("members_only")
        poll.country_codes = tuple(str(code) for code in countries)


def _times(params: Params, poll: Poll, now: int) -> None:
    period, date = params.integer("open_period"), params.integer("close_date")
    if poll.closed or not (period or date):
        return
    if period and date:
        raise bad_request("open_period and close_date can't be used together")
    lasting = min(max(period or (date or 0) - now, SHORTEST_S), LONGEST_S)
    poll.open_period = lasting
    poll.close_date = now + lasting


async def stop_poll(world: World, params: Params) -> Json:
    """Close one of the bot's polls; its message may get another keyboard."""
    chat = chat_of(world, params)
    message = world.message(
        chat, params.integer("message_id"), "message with poll to stop not found"
    )
    if not isinstance(message.content, PollCard):
        raise bad_request("message poll not found")
    poll = message.content.poll
    if message.sender_id != world.profile.id or message.origin is not None:
        raise bad_request("poll can't be stopped")
    if poll.closed:
        raise bad_request("poll has already been closed")
    keyboard = read_inline(params, chat.type)
    world.put(replace(message, markup=keyboard))
    poll_votes.close(world, poll)
    return poll_json(poll, BOT_VIEW, in_message=False)


METHODS: Final = {"sendPoll": send_poll, "stopPoll": stop_poll}
