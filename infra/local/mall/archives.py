"""Zip files that are the same byte for byte where their contents are the same."""

import io
import zipfile
from pathlib import Path

LONG_AGO = (1980, 1, 1, 0, 0, 0)
CACHES = "__pycache__"


def zip_folder(folder: Path) -> bytes:
    """The files of a folder, in order, without their times and without compiled ones."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_dir() or CACHES in path.parts:
                continue
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o755 if path.stat().st_mode & 0o100 else 0o644) << 16
            archive.writestr(info, path.read_bytes())
    return buffer.getvalue()
