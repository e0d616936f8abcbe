"""What every HTTP function shares: the application, problems, callers, pages."""
