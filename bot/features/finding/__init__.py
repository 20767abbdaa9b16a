"""Finding a case: by a word, by topic, or among those saved."""
