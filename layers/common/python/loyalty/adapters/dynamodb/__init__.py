"""The only place that knows keys, items and expressions of DynamoDB."""
