"""Cases that authors publish from the chat, change and withdraw."""
