from pathlib import Path

import pytest

from mall.errors import MallError
from mall.stack_file import Stack
from unit.mall.examples import a_stack


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "stack.json"
    a_stack().write(file)
    assert Stack.read(file) == a_stack()


def test_nobody_else_on_the_machine_may_read_the_passwords(tmp_path: Path) -> None:
    file = tmp_path / "stack.json"
    file.touch(mode=0o644)
    a_stack().write(file)
    assert file.stat().st_mode & 0o777 == 0o600


def test_without_a_stack_the_remedy_is_named(tmp_path: Path) -> None:
    with pytest.raises(MallError) as failure:
        Stack.read(tmp_path / "stack.json")
    assert "make up" in failure.value.remedy


def test_a_file_of_another_version_is_no_riddle(tmp_path: Path) -> None:
    file = tmp_path / "stack.json"
    file.write_text('{"stage": "local"}')
    with pytest.raises(MallError, match="another version"):
        Stack.read(file)
