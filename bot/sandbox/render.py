"""Telegram's things as the Bot API writes them."""

from typing import Final

from msgspec import Struct

from bot.sandbox.model import (
    Chat,
    ChatType,
    Document,
    Entity,
    Formatted,
    Message,
    Person,
    Photo,
    Poll,
    PollCard,
    Service,
    Text,
    Voice,
)
from bot.sandbox.render_media import attachment_json, document_json, media_json, photo_json
from bot.sandbox.wire import Json, present


def person_json(person: Person) -> Json:
    """A User."""
    return {"id": person.id, "is_bot": False} | present(
        first_name=person.first_name,
        last_name=person.last_name,
        username=person.username,
        language_code=person.language_code,
    )


def chat_json(chat: Chat, person: Person | None) -> Json:
    """A Chat; a private one is named after its person."""
    if chat.type is ChatType.PRIVATE and person is not None:
        return {"id": chat.id, "type": chat.type.value} | present(
            first_name=person.first_name, last_name=person.last_name, username=person.username
        )
    return {"id": chat.id, "type": chat.type.value} | present(
        title=chat.title, username=chat.username, is_forum=chat.is_forum
    )


def entities_json(entities: tuple[Entity, ...], people: dict[int, Json]) -> list[Json]:
    """MessageEntities."""
    return [
        {"type": entity.type, "offset": entity.offset, "length": entity.length}
        | present(
            url=entity.url if entity.type == "text_link" else None,
            language=entity.language if entity.type == "pre" else None,
            custom_emoji_id=entity.custom_emoji_id,
            user=people.get(entity.user_id) if entity.user_id is not None else None,
            unix_time=entity.unix_time,
            date_time_format=entity.date_time_format,
        )
        for entity in entities
    ]


class View(Struct, frozen=True):
    """What somebody gets to see who looks at a message."""

    results: bool = True
    """Of a poll, who voted how often for what."""
    key: bool = True
    """Of a quiz, what is right and why."""
    topic_start: bool = True
    """In a topic, its first message as what the others reply to: so bots see it, not people."""


BOT_VIEW: Final = View()
PERSON_VIEW: Final = View(topic_start=False)


def poll_json(poll: Poll, view: View, *, in_message: bool) -> Json:
    """A Poll. Description and media appear in messages only."""
    counts = [
        sum(index in chosen for chosen in poll.votes.values()) for index in range(len(poll.options))
    ]
    result: Json = {
        "id": poll.id,
        "question": poll.question,
        "options": [
            {
                "persistent_id": option.persistent_id,
                "text": option.text,
                "voter_count": count if view.results else 0,
            }
            | present(media=media_json(option.media) if option.media else None)
            for option, count in zip(poll.options, counts, strict=True)
        ],
        "total_voter_count": len(poll.votes),
        "is_closed": poll.closed,
        "is_anonymous": poll.anonymous,
        "type": "quiz" if poll.quiz else "regular",
        "allows_multiple_answers": poll.multiple,
        "allows_revoting": poll.revoting,
        "members_only": poll.members_only,
    }
    result |= present(
        country_codes=list(poll.country_codes),
        open_period=poll.open_period,
        close_date=poll.close_date,
    )
    if poll.quiz and view.key:
        result["correct_option_ids"] = list(poll.correct)
        result |= present(
            explanation=poll.explanation.text,
            explanation_entities=entities_json(poll.explanation.entities, {}),
            explanation_media=media_json(poll.explanation_media)
            if poll.explanation_media
            else None,
        )
    if in_message:
        result |= present(
            description=poll.description.text,
            description_entities=entities_json(poll.description.entities, {}),
            media=media_json(poll.media) if poll.media else None,
        )
    return result


def content_json(message: Message, people: dict[int, Json], view: View) -> Json:
    """The fields of a Message that depend on what it carries."""

    def caption(body: Formatted) -> Json:
        return present(caption=body.text, caption_entities=entities_json(body.entities, people))

    match message.content:
        case Text() as text:
            return {"text": text.body.text} | present(
                entities=entities_json(text.body.entities, people),
                link_preview_options=text.link_preview_options,
            )
        case Photo() as photo:
            return (
                {"photo": photo_json(photo.picture)}
                | caption(photo.caption)
                | present(show_caption_above_media=photo.above, has_media_spoiler=photo.spoiler)
            )
        case Document() as document:
            return {"document": document_json(document.file)} | caption(document.caption)
        case Voice() as voice:
            return {"voice": attachment_json(voice.note)} | caption(voice.caption)
        case Service(fields):
            return dict(fields)
        case PollCard() as card:
            return {"poll": poll_json(card.poll, view, in_message=True)}
