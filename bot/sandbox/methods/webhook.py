"""Getting updates: by asking. Webhooks are told about, but not served."""

from typing import Final

from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params
from bot.sandbox.wire import Json
from bot.sandbox.world import World

MAX_AT_ONCE: Final = 100
MAX_WAIT: Final = 50
"""Seconds; Telegram waits no longer, whatever is asked."""


async def get_updates(world: World, params: Params) -> list[Json]:
    """The next updates, waiting for one if asked to."""
    wanted = params.sequence("allowed_updates")
    if wanted is not None:
        world.updates.allow(wanted)
    limit = params.integer("limit") or MAX_AT_ONCE
    return await world.updates.get(
        params.integer("offset") or 0,
        min(max(limit, 1), MAX_AT_ONCE),
        min(max(params.integer("timeout") or 0, 0), MAX_WAIT),
    )


async def set_webhook(_world: World, params: Params) -> bool:
    """An empty address means none, which is what there is."""
    if params.text("url"):
        raise bad_request("bad webhook: this sandbox delivers updates by getUpdates only")
    return True


async def delete_webhook(world: World, params: Params) -> bool:
    """There is none; pending updates go if asked."""
    if params.flag("drop_pending_updates"):
        world.updates.drop_pending()
    return True


async def get_webhook_info(world: World, _params: Params) -> Json:
    """A WebhookInfo without a webhook."""
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates)}


METHODS: Final = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
