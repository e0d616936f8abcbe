"""What an order for an item costs: one pure function, and what merchants may say about prices."""
