"""From updates to one commit: rounds, flood control, alerts, votes whose poll is not known yet."""
