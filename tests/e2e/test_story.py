"""The main job from end to end, on a stack that enforces every function's role."""

import io

import pytest
from rich.console import Console

from mall.demo.story import CHAPTERS, tell
from stack import LocalStack

pytestmark = pytest.mark.stack


def test_the_demonstrations_story_goes_as_it_must(stack: LocalStack) -> None:
    told = io.StringIO()
    tell(stack.facts, Console(file=told, width=120))
    steps = sum(len(chapter) for chapter in CHAPTERS.values())
    assert told.getvalue().count("✓") == steps
