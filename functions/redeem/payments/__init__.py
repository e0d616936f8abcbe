"""The money beside the points: asked for, taken, waited for no longer, given back."""
