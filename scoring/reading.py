"""Reading: files of any layout into raw tables, every cell as trimmed text with the row a person sees.

Nothing is judged here but whether a file can be read and which table it is. Values stay text; what they must be is
the business of `scoring.checks`. Source: the reading rules of the formats.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from scoring import parquet
from scoring.csv_tables import read_csv
from scoring.headers import Problem, Reading, SourceFile, Under, add_tables, best, hint_of, no_table
from scoring.ledger import Progress, quiet
from scoring.sheets import read_workbook
from scoring.tables import visible

BOMB = 100  # MB that a workbook may always unpack to, however small the size limit

CSV_KINDS, WORKBOOK_KINDS, PARQUET_KINDS = (".csv", ".tsv"), (".xlsx", ".xlsm"), (".parquet",)


def read_paths(paths: Sequence[Path | str], *, max_mb: float = 500, progress: Progress = quiet) -> Reading:
    """Reads files and folders (with all below them), in the order given. Raises FileNotFoundError.

    `max_mb` is the size limit of a file. `Reading.files` holds the files that hold a table or a problem. `progress`
    hears of every file before it is read.
    """
    reading = Reading()
    seen: set[Path] = set()
    names: set[str] = set()
    given = []
    for path in map(Path, paths):
        if not path.exists():
            raise FileNotFoundError(path)
        given += [(path, *found) for found in _files(path)]
    for at, (path, found, name, why) in enumerate(given, start=1):
        progress("reading", n=at, of=len(given))
        name = readable(name)
        if why:
            reading.skipped.append((name, "", why))
            continue
        if found.resolve() in seen:
            reading.skipped.append((name, "", "read_before"))
            continue
        seen.add(found.resolve())
        if path.is_file() and not _known(found):
            reading.problems.append(Problem(name, "", None, "", found.suffix, "not_a_data_file"))
            continue
        if name in names and path.is_dir():
            name = f"{path.resolve().name}/{name}"
        stem, copy = name, 2
        while name in names:
            name, copy = f"{stem} ({copy})", copy + 1
        names.add(name)
        _read_file(found, name, max_mb, reading)
    if not reading.raw and not reading.problems:
        reading.problems.append(Problem("", "", None, "", " ".join(str(p) for p in paths), "nothing_found"))
    return reading


def readable(name: str) -> str:
    """A name as text: bytes of it that are not UTF-8 as `\\xe9`, so that two names stay two."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _files(path: Path) -> Iterator[tuple[Path, str, str]]:
    """(file, name below the folder given, why it is skipped or '')."""
    if path.is_file():
        yield path, path.name, ""
        return
    for folder, below, files in os.walk(path):
        below[:] = sorted(d for d in below if not d.startswith("."))
        for entry in list(below):
            if (Path(folder) / entry).is_symlink():
                below.remove(entry)
                yield Path(folder) / entry, (Path(folder) / entry).relative_to(path).as_posix(), "link"
        for entry in sorted(files):
            found = Path(folder) / entry
            why = ""
            if entry.startswith((".", "~$")):
                why = "hidden"
            elif found.is_symlink() or not found.is_file():
                why = "link"
            elif not _known(found):
                why = "other_kind"
            yield found, unicodedata.normalize("NFC", found.relative_to(path).as_posix()), why


def _known(path: Path) -> bool:
    return path.suffix.lower() in CSV_KINDS + WORKBOOK_KINDS + PARQUET_KINDS


def _read_file(path: Path, name: str, max_mb: float, reading: Reading) -> None:
    try:
        size = path.stat().st_size
        if size > max_mb * 1_000_000:
            params = {"size": f"{size / 1e6:.1f}", "limit": f"{max_mb:g}"}
            reading.problems.append(Problem(name, "", None, "", "", "file_too_large", params))
            return
        content = path.read_bytes()
    except OSError as error:
        reading.problems.append(Problem(name, "", None, "", "", "unreadable_file", {"why": error.strerror}))
        return
    reading.files.append(SourceFile(path, name, hashlib.sha256(content).hexdigest(), len(content)))
    if not content.strip():
        reading.problems.append(Problem(name, "", None, "", "", "empty_file"))
        return
    really = _container(content, path.suffix.lower())
    if really:
        reading.problems.append(Problem(name, "", None, "", path.suffix, "wrong_container", {"container": really}))
        return
    limit = int(max(max_mb, BOMB) * 1_000_000)
    if path.suffix.lower() in CSV_KINDS:
        read_csv(content, name, reading)
    elif path.suffix.lower() in WORKBOOK_KINDS:
        read_workbook(content, name, limit, reading)
    else:
        _read_parquet(content, name, limit, reading)


def _read_parquet(content: bytes, name: str, limit: int, reading: Reading) -> None:
    try:
        table, marks = parquet.read(content, limit)
    except parquet.Refusal as refusal:
        reading.problems.append(Problem(name, "", None, "", "", refusal.kind, refusal.params))
        return
    cells = [visible(unicodedata.normalize("NFC", n)).strip() for n in table.column_names]
    hint = hint_of(name, "")
    match = best(cells, hint)
    if match.score <= 0:
        reading.problems.append(no_table(name, "", cells, 1, hint))
        return
    marked = {at: pa.repeat(pa.scalar(mark, pa.int8()), len(table)) for at, mark in enumerate(marks)}
    rows = pa.array(range(2, len(table) + 2), pa.int32())
    add_tables(match, Under(cells, table.columns, marked, rows, (name, "", 1)), reading)


_FIRST_BYTES = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    (b"PAR1", "parquet"),
    (b"%PDF", "pdf"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"ARROW1", "arrow"),
    (b"SQLite format 3", "sqlite"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"{\\rtf", "rtf"),
)
_OFFICE = ((b"xl/workbook", "xlsx"), (b"word/document", "docx"), (b"mimetypeapplication/vnd.oasis", "ods"))


def _container(content: bytes, suffix: str) -> str:
    """What a file really is, by its first bytes, where its name says something else; '' where they agree.

    The words stand in `scoring.texts` under `container_` and the key.
    """
    found = next((kind for first, kind in _FIRST_BYTES if content.startswith(first)), "")
    if found == "zip":
        found = next((kind for name, kind in _OFFICE if name in content), "zip")
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not found and start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        found = "html"
    elif not found and start.startswith(b"<?xml"):
        found = "html" if b"<html" in start else "xml"
    elif not found and re.match(rb"[\[{]\s*[\[{\"]", start) and suffix in CSV_KINDS:
        found = "json"
    if suffix in CSV_KINDS:
        return found
    if suffix in WORKBOOK_KINDS:
        # A broken workbook, and one with a password, have problems of their own.
        if found in ("xlsx", "zip", "xls"):
            return ""
        return found or ("csv" if re.match(rb"[^\n\0]*[,;\t][^\n\0]*\n", content[:4000]) else "")
    return "" if found == "parquet" else found
