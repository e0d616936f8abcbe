import json
from pathlib import Path

from mall.stream_positions import forget_stream_positions

SAVED = {"functions": {"f": 1}, "dynamodb_stream_positions": {"mapping": 7}}


def test_only_the_positions_are_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "lambda.json"
    file.write_text(json.dumps({"__ministack_format__": 2, "payload": SAVED}))
    forget_stream_positions(tmp_path)
    kept = {"__ministack_format__": 2, "payload": {"functions": {"f": 1}}}
    assert json.loads(file.read_text()) == kept


def test_where_nothing_was_saved_nothing_is_done(tmp_path: Path) -> None:
    forget_stream_positions(tmp_path)
    assert not list(tmp_path.iterdir())
