"""Points in: shops' signed order webhooks, and what waits for a member to be linked."""
