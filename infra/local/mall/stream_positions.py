"""Lets functions read the tables' streams after a restart of the emulator.

MiniStack saves how far a function has read a stream, but not the stream, which begins anew: what
is written after a restart would not be read before as much has been written as ever was.
"""

import json
from pathlib import Path

POSITIONS = "dynamodb_stream_positions"


def forget_stream_positions(state: Path) -> None:
    """Let reading begin where the streams begin; the emulator must not run meanwhile."""
    file = state / "lambda.json"
    if not file.exists():
        return
    saved = json.loads(file.read_text())
    if saved.get("payload", {}).pop(POSITIONS, None):
        unfinished = file.with_suffix(".part")
        unfinished.write_text(json.dumps(saved))
        unfinished.replace(file)
