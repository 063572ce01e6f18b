"""Wheels and environments for tests that install hubbub: everything from files, nothing from an index."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = ("crawlers", "pipeline", "schema", "tests", "hubbub.py", "pyproject.toml", "README.md", "LICENSE")


def build_wheel(folder: Path) -> Path:
    """hubbub's wheel, built from a copy of the checkout so that neither leaves anything in the other."""
    copy = folder / "source"
    copy.mkdir()
    for name in SOURCES:
        _copy(ROOT / name, copy / name)
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(copy))
    (wheel,) = folder.glob("hubbub-*.whl")
    return wheel


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    elif source.exists():
        shutil.copyfile(source, target)


def stranger(folder: Path, name: str, files: dict[str, str]) -> Path:
    """A wheel of somebody else's, written by hand: a wheel is a zip of files and a description."""
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    description = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, words in files.items():
            archive.writestr(path, words)
        archive.writestr(f"{description}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{description}/WHEEL", "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{description}/RECORD", "".join(f"{path},,\n" for path in archive.namelist()))
    return wheel


class Environment:
    """A virtual environment that sees the libraries of the one the tests run in, but not its hubbub."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv.create(folder, with_pip=False, symlinks=True)
        # A path in a .pth file gives the modules there, without the .pth files there: so without the editable hubbub.
        libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
        (self.packages / "libraries.pth").write_text("\n".join(sorted(libraries)) + "\n", encoding="utf-8")

    @property
    def packages(self) -> Path:
        """Where the environment keeps what is installed."""
        return Path(sysconfig.get_path("purelib", "venv", {"base": str(self.folder), "platbase": str(self.folder)}))

    def install(self, wheel: Path) -> None:
        """Put a wheel in, as it is."""
        _pip("--python", str(self.folder), "install", "--no-index", "--no-deps", "--no-compile", str(wheel))

    def run(self, program: str, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run one of the environment's programs in a working directory."""
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("HUBBUB_", "PYTHONPATH"))}
        return subprocess.run(
            [self.folder / "bin" / program, *words], cwd=folder, env=surroundings, capture_output=True, text=True, timeout=120,
        )


def _pip(*words: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "-q"]
    ended = subprocess.run([*command, *words], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr + ended.stdout
