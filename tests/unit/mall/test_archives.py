import io
import zipfile
from pathlib import Path

from mall.archives import zip_folder


def _package(folder: Path) -> Path:
    (folder / "earn" / "__pycache__").mkdir(parents=True)
    (folder / "earn" / "rules.py").write_text("RATE = 1\n")
    (folder / "earn" / "__pycache__" / "rules.pyc").write_bytes(b"\0")
    return folder


def _names(archive: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(archive)).namelist()


def test_the_same_files_make_the_same_archive_whenever_they_were_written(tmp_path: Path) -> None:
    first, second = _package(tmp_path / "a"), _package(tmp_path / "b")
    (second / "earn" / "rules.py").touch()
    assert zip_folder(first) == zip_folder(second)


def test_another_line_makes_another_archive(tmp_path: Path) -> None:
    folder = _package(tmp_path)
    before = zip_folder(folder)
    (folder / "earn" / "rules.py").write_text("RATE = 2\n")
    assert zip_folder(folder) != before


def test_compiled_files_stay_at_home(tmp_path: Path) -> None:
    folder = _package(tmp_path)
    assert _names(zip_folder(folder)) == ["earn/rules.py"]


def test_a_program_stays_executable(tmp_path: Path) -> None:
    program = tmp_path / "run"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    (info,) = zipfile.ZipFile(io.BytesIO(zip_folder(tmp_path))).infolist()
    assert info.external_attr >> 16 == 0o755
