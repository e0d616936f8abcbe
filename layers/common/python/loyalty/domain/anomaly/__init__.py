"""What looks wrong: pure detectors over what members are seen doing, and the cases they make."""
