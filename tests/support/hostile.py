"""Updates as nobody should send them: odd texts, forged buttons and links, fields of any type."""

from typing import Any

from hypothesis import strategies as st

from bot.features.cohorts.cohort_buttons import CohortVerb, How
from bot.features.items.item_card_buttons import ItemCardVerb
from bot.features.settings.button_data import Field
from bot.features.shared.buttons import CASE_LINK, COHORT, ITEM_CARD, JOIN_LINK
from bot.features.shared.question_buttons import WHY_LINK
from bot.routes.administration import COMMANDS as ADMINISTRATION
from bot.routes.private_commands import COMMANDS

Json = dict[str, Any]

MARK = "Zyxwvut"
"""In every text and name that hostile people send: what has it quotes them."""

_NASTY = (
    "'; DROP TABLE people; --",
    '" OR 1=1; UPDATE chats SET settings = NULL; --',
    "<b>unclosed <a href='tg://user?id=1'>&lt;",
    "**bold** __under__ [link](tg://user?id=1) `code` ||spoiler||",
    "\u202eright to left\u2066\u200b\u200d\ufeff",
    "\x00\x01\x1b[2J",
    "\ud800 alone",
    "e\u0301" * 300,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 200,
    "A" * 20_000,
    "../../../etc/passwd",
    "{0.__class__} %s %(x)s ${jndi:x}",
    "9" * 400,
    "-0",
    "\u0663\u0662",
)
odd_texts = st.one_of(st.sampled_from(_NASTY), st.text(max_size=60)).map(MARK.__add__)
_COMMANDS = (
    *sorted({command.name for command in (*COMMANDS, *ADMINISTRATION)}),
    *("settings", "results", "leaderboard", "no_such_command", "case@morning_report_bot"),
)
VALUES = {
    Field.GO: "main",
    Field.LAYOUT: "buttons",
    Field.OPEN: "3600",
    Field.EXPLANATION: "private",
    Field.RESULTS: "edit",
    Field.HIDE: "0",
    Field.MEMBERS: "0",
    Field.LEADERBOARD: "1",
    Field.DIGEST: "1",
    Field.PAUSED: "1",
    Field.THREAD: "any",
    Field.TOPIC: "",
    Field.LEVEL: "student:1",
    Field.ZONE: "Europe/Berlin",
    Field.LANGUAGE: "es",
    Field.DAY: "0:1",
    Field.DAYS: "work",
    Field.TIME: "450",
    Field.START: "2026-12-01",
    Field.END: "2026-12-02",
    Field.SKIP: "1",
    Field.POST: "0",
    Field.QUEUE: "00000000:1",
    Field.SHOW: "00000000",
    Field.CLOSE: "1-0",
    Field.REVEAL: "1-0",
    Field.HAD: "00000000",
}
"""What each setting of a group can be given by a button."""
_ids = st.sampled_from((0, 1, -1, 2**31, 2**53, 2**63, -(2**63), 10**30))
_hex_ids = st.integers(-1, 2**64).map("{:x}".format)
_refs = st.builds("{:x}-{:x}".format, st.integers(0, 2**64), st.integers(0, 20))
_junk = st.one_of(
    st.none(),
    st.booleans(),
    _ids,
    st.floats(),
    odd_texts,
    st.just([]),
    st.just({}),
    st.just([[[{}]]]),
)


def texts() -> st.SearchStrategy[str]:
    """What is written: talk, commands of every kind, forged deep links."""
    commands = st.builds("/{} {}".format, st.sampled_from(_COMMANDS), odd_texts)
    links = st.builds(
        "/start {}{}".format,
        st.sampled_from((CASE_LINK, WHY_LINK, JOIN_LINK, "")),
        st.one_of(odd_texts, _refs),
    )
    return st.one_of(odd_texts, commands, st.sampled_from(_COMMANDS).map("/{}".format), links)


def button_data(chat_id: int) -> st.SearchStrategy[str]:
    """What a forged button says: every word that buttons know, about anything, or about a chat."""
    verbs = (
        "next",
        "repeat",
        "repeat:",
        "topics",
        "topic:",
        "topics:",
        "case:",
        "goon:",
        "another:",
        "any",
        "save:",
        "unsave:",
        "share:",
        "prefer:",
        "prefer:topic:0:",
        "run:",
        "run:find ",
        "run:daily time ",
        "lang:",
        "cancel",
        "daily:",
        "daily:region ",
    )
    others = ("a:", "why:", "flag:", "flags:list:", "flags:close:", "board:show", "board:", "s:")
    plain = st.builds(
        "{}{}".format, st.sampled_from((*verbs, *others)), st.one_of(odd_texts, _refs)
    )
    taps = st.builds("a:{}:{}".format, _refs, st.integers(-1, 2**40))
    settings = st.builds(
        "s:{}:{}:{}".format,
        st.sampled_from((str(chat_id), str(chat_id), "", "-1", "x", "9" * 30)),
        st.sampled_from([*Field]),
        st.one_of(st.sampled_from(("-5", "1:1", *VALUES.values())), odd_texts),
    )
    cohorts = st.builds(
        "{}{}:{}:{}".format, st.just(COHORT), st.sampled_from([*CohortVerb]), _hex_ids, _hex_ids
    )
    invitations = st.builds(
        "{}{}/{}/{}".format, st.just(COHORT), st.sampled_from([*How]), odd_texts, odd_texts
    )
    cards = st.builds(
        "{}{}:{}".format, st.just(ITEM_CARD), st.sampled_from([*ItemCardVerb]), _hex_ids
    )
    return st.one_of(settings, plain, taps, cohorts, invitations, cards)


def presses(user: Json, group: Json) -> list[Json]:
    """Every setting of a group, pressed."""
    message = {
        "message_id": 7,
        "date": 1_700_000_000,
        "chat": group,
        "from": {"id": 9, "is_bot": True, "first_name": "Bot"},
        "text": "Settings",
    }
    query = {"id": "1", "from": user, "chat_instance": "1", "message": message}
    return [
        {"callback_query": {**query, "data": f"s:{group['id']}:{field}:{value}"}}
        for field, value in VALUES.items()
    ]


def updates(user: Json, private: Json, group: Json) -> st.SearchStrategy[Json]:
    """Updates of one person: in private, in a group, and about polls."""
    chats = st.sampled_from((private, group))
    message = st.builds(
        lambda chat, text: {
            "message_id": 7,
            "date": 1_700_000_000,
            "chat": chat,
            "from": user,
            "text": text,
            "entities": _entities(text),
        },
        chats,
        texts(),
    )
    query = st.builds(
        lambda at, data: {
            "id": "1",
            "from": user,
            "chat_instance": "1",
            "message": {**at, "from": {"id": 9, "is_bot": True, "first_name": "Bot"}},
            "data": data,
        },
        message,
        button_data(group["id"]),
    )
    vote = st.builds(
        lambda poll_id, options: {
            "poll_id": poll_id,
            "user": user,
            "option_ids": options,
            "option_persistent_ids": [],
        },
        st.one_of(odd_texts, st.integers(0, 99).map(str)),
        st.lists(st.integers(-3, 2**33), max_size=12),
    )
    member = st.builds(
        lambda status: {
            "chat": private,
            "from": user,
            "date": 1_700_000_000,
            "old_chat_member": {"status": "member", "user": user},
            "new_chat_member": {"status": status, "user": user, "until_date": 0},
        },
        st.sampled_from(("member", "kicked", "left", "restricted", "creator", MARK)),
    )
    poll = st.fixed_dictionaries({"id": odd_texts, "question": odd_texts, "options": _junk})
    kinds = {
        "message": message,
        "edited_message": message,
        "channel_post": message,
        "callback_query": query,
        "poll_answer": vote,
        "my_chat_member": member,
        "poll": poll,
        MARK: _junk,
    }
    return st.one_of(
        *(
            st.builds(lambda body, kind=kind: {kind: body}, st.one_of(bodies, _broken(bodies)))
            for kind, bodies in kinds.items()
        )
    )


def _entities(text: str) -> list[Json]:
    command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
    return [{"type": "bot_command", "offset": 0, "length": len(command)}] if command else []


@st.composite
def _broken(draw: st.DrawFn, bodies: st.SearchStrategy[Any]) -> Any:
    """A body of which a field, however deep, is missing or of another type.

    The sender stays who it is, and the chat stays that chat: Telegram vouches for those.
    """
    body = draw(bodies)
    if not isinstance(body, dict) or not body:
        return body
    broken = at = {**body}
    while True:
        name = draw(st.sampled_from(sorted(at)))
        if name in {"from", "user", "chat"}:
            return broken
        inner = at[name]
        if isinstance(inner, dict) and inner and draw(st.booleans()):
            at[name] = at = {**inner}
            continue
        if draw(st.booleans()):
            del at[name]
        else:
            at[name] = draw(_junk)
        return broken
