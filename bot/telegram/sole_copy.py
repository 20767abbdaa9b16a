"""Seeing to it that one copy of the bot is at work, and no more."""

from telegram import Bot

from bot.base.shutdown import Stop
from bot.telegram import bot_api
from bot.telegram.batches import OtherCopyError


async def ensure_sole(bot: Bot, webhook: str | None, stop: Stop) -> None:
    """Look for a webhook that is not ours, ``webhook``: another copy gets its updates by it.

    Raises OtherCopyError. Where Telegram does not say, trouble will show in time.
    """
    match await stop.unless(bot_api.call(bot, "getWebhookInfo", {})):
        case bot_api.Done({"url": str(url)}) if url and url != webhook:
            raise OtherCopyError(
                "A webhook is set for this bot: another copy seems to get its updates by it. Stop"
                " that one; if there is none, take the webhook away with"
                " `morning-report doctor --remove-webhook`."
            )
