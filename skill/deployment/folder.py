"""The folder of a Lambda function, as `sam build` wants it: packages for Lambda's machine, our code, the content
compiled. Nothing is built or fetched on Lambda, and nothing is there that no request needs.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from skill.assemble import load_encoder
from skill.build import build
from skill.errors import DeploymentFailed
from skill.settings import Settings

PACKAGE = Path(__file__).parents[1]
LOCK = PACKAGE.parent / "requirements" / "lambda.txt"
ENTRANCES = ("skill.aws_lambda.alexa", "skill.aws_lambda.nightly")
PYTHON = "3.13"
"""Of template.yaml's Runtime."""
DATA = "data"
"""Where the compiled content lies in the folder; template.yaml names it to the function."""

# python3.13 runs on Amazon Linux 2023, whose glibc is 2.34; wheels for an older one run there too:
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
_FOR_LAMBDA = tuple(f"--platform={tag}_aarch64" for tag in ("manylinux_2_28", "manylinux_2_27", "manylinux2014"))
_UNUSED = (
    "bin",
    "**/tests",
    "onnxruntime/capi/libonnxruntime.so*",  # for programs in C; the module for Python holds the same once more
    *(f"onnxruntime/{part}" for part in ("backend", "datasets", "quantization", "tools", "transformers")),
)
_SERVICES = "botocore/data"
_SERVICE = "dynamodb"
"""Of the descriptions of some 400 services, the one that is called."""


@dataclass(frozen=True)
class Machine:
    """What the folder is for."""

    pip: tuple[str, ...]
    """What pip has to be told of it."""
    python: str
    """Its Python, as a command is named."""


LAMBDA = Machine((*_FOR_LAMBDA, f"--python-version={PYTHON}", "--implementation=cp"), f"python{PYTHON}")
HERE = Machine((), sys.executable)
"""This machine: to try what cannot be run for another."""


def build_folder(folder: Path, settings: Settings, machine: Machine = LAMBDA) -> bool:
    """Fills `folder`. Gives whether Python's own compiled files could be made: that takes the machine's version of
    Python, and without them each cold start reads sources.

    Raises DeploymentFailed where pip cannot fetch what the lock names, ContentInvalid with every fault of the content.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _install(folder, machine)
    _leave_out_what_is_not_used(folder)
    for source in sorted(modules_of(*ENTRANCES)):
        _copy(source, folder / "skill" / source.relative_to(PACKAGE))
    shutil.copytree(PACKAGE / "encoder" / "model", folder / "skill" / "encoder" / "model", dirs_exist_ok=True)
    build(settings.content, folder / DATA / "library.sqlite", load_encoder())
    if settings.withdrawn_path.is_file():
        _copy(settings.withdrawn_path, folder / DATA / "withdrawn.yaml")
    compiled = _compile_python(folder, machine)
    _readable(folder)
    return compiled


def modules_of(*entrances: str) -> set[Path]:
    """Our source files that these modules import, directly or not, wherever the import stands; and themselves."""
    found: set[Path] = set()
    pending = list(entrances)
    while pending:
        for source in _sources(pending.pop()):
            if source not in found:
                found.add(source)
                pending.extend(_imported(source))
    return found


def _sources(name: str) -> Iterator[Path]:
    """The files that are read when a module is imported: its own, and those of the packages it lies in."""
    parts = name.split(".")
    for depth in range(1, len(parts) + 1):
        path = PACKAGE.parent.joinpath(*parts[:depth])
        yield from (file for file in (path / "__init__.py", path.with_suffix(".py")) if file.is_file())


def _imported(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("skill."))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "skill":
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _install(folder: Path, machine: Machine) -> None:
    options = ["--quiet", "--disable-pip-version-check", "--no-compile", "--no-deps", "--only-binary=:all:"]
    command = [sys.executable, "-m", "pip", "install", *options, *machine.pip, "--require-hashes", "-r", str(LOCK)]
    done = subprocess.run([*command, "--upgrade", "--target", str(folder)], check=False, capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["pip gave no reason."]
        raise DeploymentFailed(f"What {LOCK.name} names could not be installed: {said[-1]}")


def _leave_out_what_is_not_used(folder: Path) -> None:
    unused = [path for pattern in _UNUSED for path in folder.glob(pattern)]
    unused += [path for path in (folder / _SERVICES).iterdir() if path.is_dir() and path.name != _SERVICE]
    for path in unused:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _compile_python(folder: Path, machine: Machine) -> bool:
    """Unchecked: on Lambda times of files change, sources do not."""
    python = _find(machine.python)
    if python is None:
        return False
    command = [python, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "."]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 0


def _find(python: str) -> str | None:
    """A Python of that name that starts: on the path, or one of pyenv's."""
    of_pyenv = sorted(Path.home().glob(f".pyenv/versions/{PYTHON}*/bin/{Path(python).name}"))
    for candidate in filter(None, (shutil.which(python), *map(str, of_pyenv))):
        if subprocess.run([candidate, "-c", ""], check=False, capture_output=True).returncode == 0:
            return candidate
    return None


def _readable(folder: Path) -> None:
    """Lambda runs as another user than the one who packed."""
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() or path.suffix == ".so" else 0o644)
