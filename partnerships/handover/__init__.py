"""What nobody looks after any more: whose it was, why, and who takes it on. Read from what is true; nothing is stored."""
