"""A local Bot API server: what a bot needs of Telegram, in memory, for trying and testing.

It follows the Bot API for private chats, and knows nothing of cases. People are driven over
``/sandbox/...`` (module ``control``), the bot over ``/bot<token>/<method>`` (module ``api``).
"""
