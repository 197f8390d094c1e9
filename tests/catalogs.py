"""Small catalogues of downloads, whose files a server of the test has."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path


def write_catalog(folder: Path, name: str, files: Mapping[str, bytes], **keys: str) -> Path:
    """Add a data set to a catalogue; its files are pinned by path. The catalogue's folder."""
    (folder / "pins").mkdir(parents=True, exist_ok=True)
    terms = {"licence": "MIT", "licence_page": "https://example.org/mit", "cite": "Lind (2020)"}
    lines = [f"[{name}]", *(f"{key} = '''{value}'''" for key, value in (terms | keys).items())]
    with (folder / "catalog.toml").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    pins = [
        f"{hashlib.sha256(content).hexdigest()}\t{len(content)}\t{path}"
        for path, content in files.items()
    ]
    (folder / "pins" / f"{name}.txt").write_text("".join(f"{pin}\n" for pin in pins), "utf-8")
    return folder


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """A .zip archive as GitHub makes it: one folder on top."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, file in files.items():
            archive.writestr(f"repo-0123abc/{path}", file)
    return content.getvalue()
