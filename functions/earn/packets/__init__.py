"""Red packets: points that one gives and some take, by lot."""
