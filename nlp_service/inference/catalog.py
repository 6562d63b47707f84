"""What is installed: the built encoder with the checksum of each file, and the cards of the heads."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nlp_service.errors import ModelCorrupt, ModelMissing
from nlp_service.inference import tuned

NAME = "multilingual-e5-small"
BUILD_VERSION = 3
"""Raised whenever the recipe of `install` changes, so that old builds are rebuilt."""
MANIFEST = "manifest.json"
TUNED = "tuned"
"""The folder of the tuned layers within the models."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished build: its folder, origin, output widths, and the sha256 of its files by name."""

    folder: Path
    source: str
    dimension: int
    n_features: int
    feature_layers: tuple[int, ...]
    sha256: Mapping[str, str]
    tuned_sha256: str
    """The checksum of the tuned layers that went into it; empty for the base as it is."""
    cosine: float
    """The lowest cosine of an int8 vector to its float32 reference on the fixed sample."""

    @property
    def weights(self) -> str:
        """The name of the weights, whichever engine runs them."""
        return f"{NAME}-{self.tuned_sha256[:8]}" if self.tuned_sha256 else NAME


def folder(models_dir: Path) -> Path:
    """Where the built encoder lies."""
    return models_dir / "built" / NAME


def write_manifest(built: Built) -> None:
    """Writes the manifest, the last file of a build: its presence says that the build is whole."""
    content = {key: value for key, value in asdict(built).items() if key != "folder"} | {"build_version": BUILD_VERSION}
    (built.folder / MANIFEST).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def find(models_dir: Path) -> Built:
    """The installed build.

    Raises:
        ModelMissing: there is none, or an older recipe or older tuned layers made it.
    """
    path = folder(models_dir) / MANIFEST
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    is_current = content.pop("build_version", None) == BUILD_VERSION
    if not is_current or content["tuned_sha256"] != tuned.checksum(models_dir / TUNED):
        raise ModelMissing("The encoder is not installed: run `python -m nlp_service models install`.")
    content["feature_layers"] = tuple(content["feature_layers"])
    return Built(folder=path.parent, **content)


def verify(built: Built) -> None:
    """Checks every file of the build against its checksum.

    Raises:
        ModelCorrupt: a file is missing or differs.
    """
    for name, expected in built.sha256.items():
        path = built.folder / name
        if not path.is_file() or sha256_of(path) != expected:
            raise ModelCorrupt(f"{name} is damaged: run `python -m nlp_service models install --force`.")


def sha256_of(path: Path) -> str:
    """The sha256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
