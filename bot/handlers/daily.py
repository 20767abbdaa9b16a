"""The buttons under what `/daily` says."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import Context
from bot.handlers.parsing import visit
from bot.usecases.daily_setup import daily
from bot.views.daily import DAILY


async def pressed(update: Update, context: Context) -> None:
    """Do as if the person had written it."""
    query = update.callback_query
    if query is not None:
        who = await visit(query.from_user, context)
        text = (query.data or "").removeprefix(DAILY)
        context.deposit(await daily(context.services, who, text))


HANDLERS = (CallbackQueryHandler(pressed, f"^{DAILY}"),)
