"""What two functions need: the points domain, its ports, and the adapters behind them."""
