"""Whatever a route raises is left as what came of the update, for intake to judge."""

from bot.services import Context


async def leave_error(update: object, context: Context) -> None:  # noqa: ARG001 - PTB's signature
    """Leave the error where the Outcome would have been."""
    error = context.error
    if error is not None:
        context.services.outcomes.fail(context.update_id, error)
