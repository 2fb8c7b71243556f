"""Parquet: a file as columns of text, decoded in a process of its own that may take only so much memory.

A Parquet file of some kilobytes can say that it holds gigabytes, and a broken one can bring its decoder down. What is
said is bounded first; what is decoded then has a limit that holds whatever the file says. Run as a module, this is the
process: the file comes in, an Arrow stream goes out.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from scoring.cells import DATE, NUMBER, TEXT, number_as_text, text_of

COLUMNS = 16_384  # of a table, as in a spreadsheet
VALUES = 60_000_000  # rows times columns
TEXTS = 500_000_000  # bytes of all cells as text
MEMORY = 2 << 30  # bytes of addresses of the process that decodes
SECONDS = 600
BLOCK = 65_536  # rows that are decoded at once
REFUSED = 3  # exit of the process where the file says too much or cannot be decoded


class Refusal(Exception):
    """A file that is not read: the kind of the problem and more of its words."""

    def __init__(self, kind: str, **params: Any):
        super().__init__(kind)
        self.kind, self.params = kind, params


def read(content: bytes, limit: int) -> tuple[pa.Table, list[int]]:
    """(columns of text, what each one was: TEXT, NUMBER or DATE). `limit`: bytes that the file may unpack to.

    Raises Refusal.
    """
    home = str(Path(__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": home, "ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"}
    command = [sys.executable, "-m", "scoring.parquet", str(limit)]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, env=environment, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Refusal("broken_parquet", why=f"> {SECONDS} s") from None
    if done.returncode == REFUSED:
        said = json.loads(done.stderr.decode().splitlines()[-1])
        raise Refusal(said.pop("kind"), **said)
    if done.returncode:
        raise Refusal("broken_parquet", why="Parquet")
    table = pa.ipc.open_stream(pa.py_buffer(done.stdout)).read_all()
    return table, json.loads(table.schema.metadata[b"marks"])


# --- in the process of its own ----------------------------------------------------------------------------------


def main() -> None:
    """Reads the file from standard input and writes its columns as an Arrow stream to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.meta_path.insert(0, _NoPandas())
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    try:
        table = _decode(sys.stdin.buffer.read(), int(sys.argv[1]))
        with pa.ipc.new_stream(sys.stdout.buffer, table.schema) as stream:
            stream.write_table(table)
    except Refusal as refusal:
        _refuse(refusal.kind, **refusal.params)
    except (MemoryError, pa.ArrowMemoryError):
        _refuse("too_much_memory", limit=f"{MEMORY >> 30}")
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        _refuse("broken_parquet", why=str(error).split("\n")[0][:200])


class _NoPandas:
    """Pandas is not there: pyarrow would load it, for seconds, to ask whether a list is one of its own."""

    def find_spec(self, name: str, *_: Any) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def _refuse(kind: str, **params: Any) -> None:
    print(json.dumps({"kind": kind, **params}), file=sys.stderr, flush=True)
    os._exit(REFUSED)


def _decode(content: bytes, limit: int) -> pa.Table:
    file = pa.parquet.ParquetFile(pa.BufferReader(content), memory_map=False, pre_buffer=False)
    said = file.metadata
    unpacked = sum(max(said.row_group(i).total_byte_size, 0) for i in range(said.num_row_groups))
    if unpacked > limit:
        raise Refusal("file_too_large", size=f"{unpacked / 1e6:.0f}", limit=f"{limit / 1e6:g}")
    rows = sum(max(said.row_group(i).num_rows, 0) for i in range(said.num_row_groups))
    values = max(rows, said.num_rows) * max(said.num_columns, 1)
    if values > VALUES or said.num_columns > COLUMNS:
        raise Refusal("too_many_values", values=values, limit=VALUES)
    # A text that is said once and used in many rows stays said once until it is counted; texts that are written as
    # differences from the one before know no such reading.
    groups = [said.row_group(i) for i in range(said.num_row_groups)]
    plain = {c.path_in_schema for g in groups for c in map(g.column, range(g.num_columns)) if _differences(c.encodings)}
    kinds = file.schema_arrow
    texts = [f.name for f in kinds if (pa.types.is_string(f.type) or pa.types.is_large_string(f.type))]
    file = pa.parquet.ParquetFile(
        pa.BufferReader(content), read_dictionary=[name for name in texts if name not in plain], pre_buffer=False
    )
    return _columns(file)


def _differences(encodings: tuple[str, ...]) -> bool:
    return any(encoding.startswith("DELTA") for encoding in encodings)


def _columns(file: pa.parquet.ParquetFile) -> pa.Table:
    schema = file.schema_arrow
    blocks: list[list[pa.Array]] = [[] for _ in schema]
    marks = [TEXT] * len(schema)
    left, read = TEXTS, 0
    for batch in file.iter_batches(batch_size=BLOCK, use_threads=False):
        read += len(batch)
        if read * max(len(schema), 1) > VALUES:
            raise Refusal("too_many_values", values=read * len(schema), limit=VALUES)
        for at, column in enumerate(batch.columns):
            left -= _bytes_as_text(column)
            if left < 0:
                raise Refusal("too_much_text", limit=f"{TEXTS // 1_000_000}")
            block, marks[at] = _texts(column)
            blocks[at].append(block)
    columns = [pa.chunked_array(chunks, pa.string()) for chunks in blocks]
    # Two columns may have one name, which a schema may hold and a dictionary may not.
    return pa.Table.from_arrays(
        columns, schema=pa.schema([(n, pa.string()) for n in schema.names], {"marks": json.dumps(marks)})
    )


def _bytes_as_text(column: pa.Array) -> int:
    """Bytes of the cells as text; for numbers, at most."""
    if pa.types.is_dictionary(column.type):
        words = column.dictionary
        if not (pa.types.is_string(words.type) or pa.types.is_large_string(words.type)):
            return 32 * len(column)
        return pc.sum(pc.binary_length(words).take(column.indices).cast(pa.int64())).as_py() or 0
    if pa.types.is_null(column.type):
        return 0
    return column.nbytes if _is_text(column.type) else 32 * (len(column) - column.null_count)


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)


def _texts(column: pa.Array) -> tuple[pa.Array, int]:
    """(cells as text, what they were). Nested columns are no text and raise ArrowNotImplementedError."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        words, mark = _texts(column.dictionary)
        return words.take(column.indices), mark
    if _is_text(kind):
        return _recoded(column.cast(pa.string()), lambda text: unicodedata.normalize("NFC", text)), TEXT
    if pa.types.is_floating(kind):
        return _recoded(column.cast(pa.float64()), number_as_text), NUMBER
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return _recoded(column, text_of), DATE
    if pa.types.is_decimal(kind):
        return _recoded(column, text_of), NUMBER
    if pa.types.is_null(kind):
        return column.cast(pa.string()), TEXT
    return column.cast(pa.string()), NUMBER if pa.types.is_integer(kind) else TEXT


def _recoded(column: pa.Array, text: Callable[[Any], str]) -> pa.Array:
    """The column with each distinct value written by `text`."""
    coded = column.dictionary_encode()
    words = pa.array([None if v is None else text(v) for v in coded.dictionary.to_pylist()], pa.string())
    return words.take(coded.indices)


if __name__ == "__main__":
    main()
