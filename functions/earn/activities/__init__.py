"""What members earn besides buying: check-ins, tasks, referrals."""
