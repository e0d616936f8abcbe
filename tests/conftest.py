"""What all tests stand on: an environment in which nothing of the machine's own is used."""

import os

# Modules read nothing when they are imported, but libraries of AWS look here when they are used.
os.environ.setdefault("STAGE", "test")
os.environ.setdefault("POWERTOOLS_SERVICE_NAME", "test")
os.environ.setdefault("POWERTOOLS_METRICS_NAMESPACE", "PointsMall")
os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
os.environ.setdefault("AWS_ACCESS_KEY_ID", "test")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "test")
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
