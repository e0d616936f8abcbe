"""Words to the member: the inbox and e-mail."""
