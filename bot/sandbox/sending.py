"""What every sending method has in common: where to, in reply to what, with which buttons."""

from msgspec.structs import replace

from bot.sandbox.access import allow_content, reachable, writable
from bot.sandbox.forum_topics import placed
from bot.sandbox.keyboards import read_markup
from bot.sandbox.model import Chat, Content, Document, Draft, Message, Photo, PollCard, Voice
from bot.sandbox.params import Params
from bot.sandbox.poll_votes import start
from bot.sandbox.posting import publish
from bot.sandbox.replies import read_reply
from bot.sandbox.wire import Json
from bot.sandbox.world import World


def chat_of(world: World, params: Params, name: str = "chat_id") -> Chat:
    """The chat that a call names. Raises ApiError."""
    return reachable(world.chat(params.values.get(name)))


def send(world: World, params: Params, content: Content, album_id: str | None = None) -> Message:
    """Post the bot's message with the call's common options. Raises ApiError."""
    chat = writable(world, params.values.get("chat_id"))
    allow_content(chat, content)
    reply = read_reply(world, params, chat)
    markup = read_markup(params, chat.type)
    draft = Draft(
        content,
        reply_to=reply.message_id,
        quote=reply.quote,
        external=reply.external,
        markup=markup.inline,
        keys=markup.keys,
        album_id=album_id,
        protected=params.flag("protect_content"),
    )
    message = post(world, params, chat, draft)
    if isinstance(content, PollCard):
        start(world, content.poll)
    return message


def post(world: World, params: Params, chat: Chat, draft: Draft) -> Message:
    """Publish the bot's message in the thread where it belongs. Raises ApiError."""
    bot_id = world.profile.id or 0
    draft = replace(draft, thread_id=params.integer("message_thread_id"))
    replied = world.histories[chat.id].messages.get(draft.reply_to or 0)
    return publish(world, chat, bot_id, placed(chat, bot_id, chat.bot, draft, replied))


def link_preview(params: Params) -> Json | None:
    """The link preview options as they show in the message."""
    options = params.mapping("link_preview_options")
    if options is None and params.flag("disable_web_page_preview"):
        options = {"is_disabled": True}
    return options


def has_caption(content: Content) -> bool:
    """Whether a message has a place for a caption."""
    return isinstance(content, Photo | Document | Voice)
