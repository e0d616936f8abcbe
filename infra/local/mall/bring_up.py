"""Brings the whole stack up: emulator, template, seeds; again, it does only what is missing."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mall.artifacts import Artifacts
from mall.aws import Aws
from mall.bring_down import bring_down
from mall.bucket import ArtifactBucket
from mall.concurrency import bound_concurrency
from mall.deployment import Deployment
from mall.describe import describe
from mall.emulator import Emulator
from mall.lost_reviews import resume_reviews
from mall.places import Places
from mall.progress import Progress
from mall.sandbox.running import PaymentSandbox
from mall.seeds import payments, seed
from mall.stack_file import Stack
from mall.stream_positions import forget_stream_positions
from mall.template import load_template
from mall.warm_up import warm_up

MAIL_SENDER = "mall@points-mall.example"


@dataclass(frozen=True)
class Wish:
    """How the stack shall be."""

    port: int
    auth: bool = False
    stage: str = "local"

    def parameters(self) -> dict[str, str]:
        """What the template is told."""
        return {
            "Stage": self.stage,
            "MailSender": MAIL_SENDER,
            "LogRetentionDays": "1",
            "EmulatorPort": str(self.port),
        }


def bring_up(places: Places, wish: Wish, progress: Progress) -> Stack:
    """Make the stack be there, as the project's files are now.

    Raises:
        MallError: something is in the way; its words say what.
    """
    places.state.mkdir(parents=True, exist_ok=True)
    with _alone(places):
        emulator = Emulator(places, wish.port, wish.auth)
        starts = not emulator.runs_as_asked
        if starts:
            with progress.step("Starting the emulator of AWS"):
                _restart(emulator)
        aws = Aws(emulator.endpoint)
        bucket = ArtifactBucket(aws)
        deployment = Deployment(aws, bucket)
        with progress.step("Building functions and layers"):
            bucket.create()
            template = Artifacts(places, bucket).package(load_template(places.template))
        sandbox = PaymentSandbox(places)
        sandbox.start()
        with progress.step("Deploying template.yaml"):
            parameters = {**wish.parameters(), "PaymentProviderUrl": sandbox.url}
            changed = deployment.deploy(template, parameters)
        if changed:
            bound_concurrency(aws, deployment)
        stack = describe(places, wish.stage, aws, deployment)
        with progress.step("Seeding members, operators, shops and the catalogue"):
            stack = payments.configure(aws, seed(aws, stack), sandbox)
        stack.write(places.stack_file)
        if starts:
            resume_reviews(aws, stack)
        with progress.step("Warming up"):
            warm_up(aws, stack)
        return stack


def _restart(emulator: Emulator) -> None:
    state = emulator.places.state
    if emulator.was_killed:
        # Tables were in memory; files of S3 were not, and would outlive what pointed to them.
        if not any((state / "state").glob("*.json")):
            shutil.rmtree(state / "s3", ignore_errors=True)
    else:
        bring_down(emulator.places)
    forget_stream_positions(state / "state")
    emulator.start()


@contextmanager
def _alone(places: Places) -> Iterator[None]:
    """Let a second `mall up` wait for the first."""
    with (places.state / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
