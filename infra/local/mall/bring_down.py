"""Stops the stack so that nothing is lost: what is under way is finished first."""

from contextlib import suppress

from botocore.exceptions import BotoCoreError, ClientError

from mall.aws import Aws
from mall.emulator import Emulator
from mall.errors import MallError
from mall.places import Places
from mall.quiet import wait_until_quiet
from mall.sandbox.running import PaymentSandbox
from mall.stack_file import Stack

PATIENCE_SECONDS = 10


def bring_down(places: Places) -> bool:
    """Stop the stack of a folder; False where none ran."""
    emulator = Emulator(places, port=0)
    if emulator.process:
        _let_it_finish(places)
    PaymentSandbox(places).stop()
    return emulator.stop()


def _let_it_finish(places: Places) -> None:
    """Wait for queues and streams: the emulator saves tables and queues, but no streams."""
    with suppress(MallError, BotoCoreError, ClientError):
        stack = Stack.read(places.stack_file)
        wait_until_quiet(Aws(stack.aws.endpoint, stack.aws.region), stack, PATIENCE_SECONDS)
