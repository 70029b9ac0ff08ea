"""What who helps across partnerships needs to see: what waits, what is vacant, what is silent, who might fit. Reading only."""
