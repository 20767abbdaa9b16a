"""Long runs that try the promises: much trouble, many chats, a whole day. ``make soak``."""
