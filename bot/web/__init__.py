"""The bot's own web server: health, metrics, the screens of live rounds, and the webhook if any."""
