"""What several features share: visitors, messages, buttons, texts, a chat's settings."""
