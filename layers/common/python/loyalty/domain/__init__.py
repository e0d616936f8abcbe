"""Pure rules of points: standard library only, no clock, no I/O."""
