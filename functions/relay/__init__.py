"""Table changes become business events on the bus."""
