"""Points out: quotes, redemptions, their review and their fulfilment."""
