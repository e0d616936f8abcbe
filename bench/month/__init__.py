"""A made-up month of a mall, honest people and planted frauds, to measure the detectors by."""
