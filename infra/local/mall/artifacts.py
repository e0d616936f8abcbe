"""Builds what the template points to, as `sam build` would, and points it to the built things."""

import copy
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mall import layer
from mall.archives import zip_folder
from mall.bucket import ArtifactBucket
from mall.errors import MallError
from mall.places import Places
from mall.template import FUNCTION, LAYER, STATE_MACHINE, Template, resources_of


@dataclass(frozen=True)
class Artifacts:
    """The zips and definitions of one template."""

    places: Places
    bucket: ArtifactBucket

    def package(self, template: Template) -> Template:
        """The template with its local paths replaced by what was built from them."""
        packaged = copy.deepcopy(template)
        code_uri = template.get("Globals", {}).get("Function", {}).get("CodeUri", ".")
        for name, resource in resources_of(packaged, FUNCTION).items():
            properties = resource["Properties"]
            source = self.places.project / properties.get("CodeUri", code_uri)
            properties["CodeUri"] = self._stored(self._build_function(name, source), ".zip")
        for resource in resources_of(packaged, LAYER).values():
            properties = resource["Properties"]
            properties["ContentUri"] = self._stored(self._build_layer(resource), ".zip")
        for resource in resources_of(packaged, STATE_MACHINE).values():
            properties = resource["Properties"]
            definition = (self.places.project / properties["DefinitionUri"]).read_bytes()
            properties["DefinitionUri"] = self._stored(definition, ".json")
        return packaged

    def _stored(self, contents: bytes, suffix: str) -> dict[str, str]:
        return {"Bucket": self.bucket.name, "Key": self.bucket.put(contents, suffix)}

    def _build_function(self, name: str, source: Path) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            build_function(name, source, Path(folder))
            return zip_folder(Path(folder))

    def _build_layer(self, resource: dict[str, Any]) -> bytes:
        if resource.get("Metadata", {}).get("BuildMethod"):
            return layer.build_for_this_machine(self.places)
        return zip_folder(self.places.project / resource["Properties"]["ContentUri"])


def build_function(name: str, source: Path, folder: Path) -> None:
    """Fill a folder with one function's code, by SAM's protocol for makefile builds.

    Raises:
        MallError: its target in the Makefile failed.
    """
    command = ["make", "-C", str(source), f"build-{name}", f"ARTIFACTS_DIR={folder}"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise MallError(f"Building {name} failed: `{' '.join(command)}`\n{made.stderr.strip()}")
