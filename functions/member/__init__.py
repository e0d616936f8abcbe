"""A member's own account, and the operators' view of members."""
