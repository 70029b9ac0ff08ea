"""How long a digest run takes, and that nobody gets two mails, on an invented crowd in a database of its own."""
