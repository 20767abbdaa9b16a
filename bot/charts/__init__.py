"""Pictures drawn for people, in a process of their own: the bot itself never loads matplotlib."""
