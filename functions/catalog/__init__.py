"""What points can buy: items, stock, codes, and the shelves members look at."""
