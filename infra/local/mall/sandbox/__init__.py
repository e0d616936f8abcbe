"""Providers of the merchant's, as processes of their own: they keep state, and fail as asked."""
