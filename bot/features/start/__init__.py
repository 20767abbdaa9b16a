"""Start, help and language, and what words without a slash mean."""
