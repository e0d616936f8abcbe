"""What looks wrong: from events to traces, from traces to cases, and what people decide."""
