"""Versions that decide the result of a run: Python, packages, and the commit of the project."""

import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = tuple("standpoint numpy scikit-learn datasets mlflow onnxruntime tokenizers".split())
GIT_TIMEOUT_S = 20  # a guess: `git status` of a large folder on a slow disk


def environment() -> dict[str, str]:
    """Python, platform and the versions of `PACKAGES`."""
    versions = {"python": platform.python_version(), "platform": platform.platform()}
    for name in PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "not installed"
    return versions


def git_state(root: Path) -> dict[str, str]:
    """The commit of the project's folder, and whether files differ from it."""
    try:
        commit = _git(root, "rev-parse", "HEAD")
        is_dirty = bool(_git(root, "status", "--porcelain"))
    except (OSError, subprocess.CalledProcessError):
        return {"git.commit": "unknown", "git.dirty": "unknown"}
    return {"git.commit": commit, "git.dirty": str(is_dirty).lower()}


def _git(root: Path, *words: str) -> str:
    completed = subprocess.run(
        ["git", *words], cwd=root, check=True, capture_output=True, text=True, timeout=GIT_TIMEOUT_S
    )
    return completed.stdout.strip()
