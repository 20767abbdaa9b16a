"""The buttons under what `/daily` says."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.features.daily.daily_view import DAILY
from bot.features.daily.set_up_daily import daily
from bot.routes.reading_updates import visit
from bot.services import Context


async def pressed(update: Update, context: Context) -> None:
    """Do as if the person had written it."""
    query = update.callback_query
    if query is not None:
        who = await visit(query.from_user, context)
        text = (query.data or "").removeprefix(DAILY)
        context.leave(await daily(context.services, who, text))


HANDLERS = (CallbackQueryHandler(pressed, f"^{DAILY}"),)
