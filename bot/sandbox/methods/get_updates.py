"""Getting updates: by asking, or at an address of the bot's own."""

from typing import Final

from bot.sandbox.params import Params
from bot.sandbox.updates import DEFAULT_KINDS, webhook_active, webhook_set
from bot.sandbox.webhook_delivery import address
from bot.sandbox.wire import Json
from bot.sandbox.world import World

MAX_AT_ONCE: Final = 100
MAX_WAIT_S: Final = 50
"""Seconds; Telegram waits no longer, whatever is asked."""


async def get_updates(world: World, params: Params) -> list[Json]:
    """The next updates, waiting for one if asked to; not while a webhook is set."""
    if world.webhook.address is not None:
        await world.updates.refuse(webhook_active())
    wanted = params.sequence("allowed_updates")
    if wanted is not None:
        world.updates.allow(wanted)
    limit = params.integer("limit") or MAX_AT_ONCE
    return await world.updates.get(
        params.integer("offset") or 0,
        min(max(limit, 1), MAX_AT_ONCE),
        min(max(params.integer("timeout") or 0, 0), MAX_WAIT_S),
    )


async def set_webhook(world: World, params: Params) -> bool:
    """Deliver to an address; an empty one means none."""
    wanted = params.sequence("allowed_updates")
    url = params.text("url")
    where = (
        address(url, params.text("secret_token"), params.integer("max_connections"))
        if url
        else None
    )
    if wanted is not None:
        world.updates.allow(wanted)
    if params.flag("drop_pending_updates"):
        world.updates.drop_pending()
    if where is None:
        world.webhook.remove()
    else:
        world.updates.end_poller(webhook_set())
        world.webhook.deliver_to(where)
    return True


async def delete_webhook(world: World, params: Params) -> bool:
    """Back to getUpdates; pending updates go if asked."""
    world.webhook.remove()
    if params.flag("drop_pending_updates"):
        world.updates.drop_pending()
    return True


async def get_webhook_info(world: World, _params: Params) -> Json:
    """A WebhookInfo; its address is empty where none is set."""
    webhook = world.webhook
    info: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    if webhook.address is not None:
        info |= {"url": webhook.address.url, "max_connections": webhook.address.max_connections}
        if world.updates.allowed != DEFAULT_KINDS:
            info["allowed_updates"] = sorted(world.updates.allowed)
    if webhook.last_error is not None:
        date, message = webhook.last_error
        info |= {"last_error_date": date, "last_error_message": message}
    return info


METHODS: Final = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
