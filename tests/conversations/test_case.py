"""A learner's way through a case, as they live it."""

from typing import Any

from tests.support.sandbox import Message, Person


def is_poll(message: Message) -> bool:
    """Whether the message puts a question."""
    return "poll" in message


def text_of(message: Message) -> str:
    """What a text message says."""
    return str(message.get("text", ""))


async def test_a_vote_is_answered_with_the_explanation(learner: Person) -> None:
    """A case comes as one poll with figure and vignette; a vote brings the whole explanation."""
    await learner.send("/case calcinosis-cutis")
    case = await learner.wait_for(is_poll)
    poll: dict[str, Any] = case["poll"]
    assert "64-year-old woman" in poll["description"]
    assert poll["media"]["photo"]
    wanted = next(
        place for place, o in enumerate(poll["options"]) if o["text"] == "Rheumatoid arthritis"
    )
    await learner.vote(case, [wanted])
    verdict = await learner.wait_for(
        lambda message: "Right." in text_of(message), after=case["message_id"]
    )
    assert "You chose: Rheumatoid arthritis" in text_of(verdict)
    assert verdict["reply_to_message"]["message_id"] == case["message_id"]
    last = await learner.wait_for(
        lambda message: "Not yet reviewed by a clinician." in text_of(message),
        after=case["message_id"],
    )
    buttons = [b["text"] for row in last["reply_markup"]["inline_keyboard"] for b in row]
    assert buttons == ["Next case", "Another topic"]
    assert await learner.press(last, "next") == {}
    await learner.wait_for(is_poll, after=last["message_id"])
