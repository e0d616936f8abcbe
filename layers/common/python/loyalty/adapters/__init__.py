"""The outside, behind the ports: DynamoDB, EventBridge, SES, KMS, and fakes in memory."""
