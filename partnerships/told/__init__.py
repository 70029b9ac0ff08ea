"""Who is told what when something happens: one file a subject, one function an event, called by services."""
