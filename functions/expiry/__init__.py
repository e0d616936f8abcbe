"""Points whose last day has passed, and points whose return window has ended."""
