"""Cases written in the chat: begun, mended, looked at, published."""
