"""The Bot API's methods, by family; ``registry`` knows them all."""
