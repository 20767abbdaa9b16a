"""What handlers read from updates."""

from telegram import User

from bot.context import Context
from bot.usecases.visiting import Visit, Visitor, receive


def visitor(user: User) -> Visitor:
    """The person, without the name."""
    return Visitor(user.id, user.language_code)


async def visit(user: User, context: Context) -> Visit:
    """Receive the person who caused the update."""
    return await receive(context.services, visitor(user))
