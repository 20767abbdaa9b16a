"""What everything else stands on: clock, language, logs, errors, shutdown. It knows nobody."""
