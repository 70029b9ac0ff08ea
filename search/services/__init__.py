"""The only code that changes what search keeps for people."""
