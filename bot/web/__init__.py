"""The bot's own web server: health, metrics, and the webhook if there is one."""
