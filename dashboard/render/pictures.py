"""Pictures of figures by the machine's own Chromium: `render(figure, 'png' | 'svg' | 'pdf')`.

One process a machine draws for all: it holds one Kaleido with one Chromium, is started when first needed, takes one
figure after the other over a socket, and ends a while after the last. A worker of the server costs nothing, and two
readers never start two browsers. Fonts are found through fontconfig, since what is drawn with a web font is measured
with one font and drawn with another. Nothing is fetched: no MathJax, no CDN, Plotly from assets/vendor.

The same figure gives the same bytes: random names and the time of writing are taken out of SVG and PDF.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from dashboard.figures import Figure

ASSETS = Path(__file__).resolve().parents[2] / "assets"
FONTS = ASSETS / "fonts"
PLOTLY = next(ASSETS.glob("vendor/plotly-cartesian-*.min.js"))
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
IDLE = 120  # seconds after the last picture until the browser is let go
STARTING = 40  # seconds that a cold machine may take to start it
A4_DPI = 300

DRAWING = "dashboard.render.pictures"  # how the process is started


class NoBrowser(Exception):
    """There is no Chromium on the machine. The words are `export.no_browser`."""


class CannotDraw(Exception):
    """Chromium is there, but gave no picture; the message is for the log."""


def browser() -> str | None:
    """The path of the machine's Chromium; BROWSER_PATH of the environment, where it is set, names another."""
    named = os.environ.get("BROWSER_PATH")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def render(figure: Figure, kind: str, *, fonts: bool = True) -> bytes:
    """The figure as a file: 'png' enlarged by `layout.meta.scale`, 'svg' with its fonts inside unless told, 'pdf'.

    Raises NoBrowser, CannotDraw.
    """
    layout = figure["layout"]
    scale = layout.get("meta", {}).get("scale", 1)
    # What a page needs and a picture does not would only make the way longer.
    bare = {key: value for key, value in layout.items() if key != "meta"}
    task = {
        "figure": {"data": figure["data"], "layout": bare},
        "kind": kind,
        "width": layout["width"],
        "height": layout["height"],
        "scale": scale if kind == "png" else 1,
    }
    drawn = _ask(json.dumps(task, default=float).encode())
    if kind == "png":
        return _with_resolution(drawn, A4_DPI)
    if kind == "pdf":
        return _settled_pdf(drawn)
    return _embedded(_settled_svg(drawn)) if fonts else _settled_svg(drawn)


def stop() -> None:
    """Ends the drawing process, if there is one."""
    try:
        with Client(str(_place() / "socket"), "AF_UNIX") as line:
            line.send_bytes(b"stop")
            line.recv_bytes()
    except (OSError, EOFError, NoBrowser):
        pass


# The process that draws, and the way to it


def _place() -> Path:
    """The folder of the socket, ours alone; another for another Chromium or another version of this file."""
    path = browser()
    if path is None:
        raise NoBrowser
    stamp = f"{path} {Path(__file__)} {Path(__file__).stat().st_mtime_ns}"
    name = f"cchc-{os.getuid()}-{hashlib.sha256(stamp.encode()).hexdigest()[:12]}"
    place = Path(tempfile.gettempdir()) / name
    place.mkdir(mode=0o700, exist_ok=True)
    if place.stat().st_uid != os.getuid() or place.stat().st_mode & 0o077:
        raise CannotDraw(f"{place} is open to others")
    return place


def _ask(task: bytes) -> bytes:
    place = _place()
    for last in (False, True):  # the process may be about to end just when it is asked
        try:
            with _connected(place) as line:
                line.send_bytes(task)
                answer = line.recv_bytes()
            break
        except (EOFError, OSError):
            if last:
                raise CannotDraw("the drawing process ended") from None
    if answer[:1] != b"+":
        raise CannotDraw(answer[1:].decode())
    return answer[1:]


@contextmanager
def _connected(place: Path) -> Iterator[Connection]:
    line = _try(place)
    if line is None:
        with (place / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # of several that find nobody, one starts the process
            line = _try(place) or _start(place)
    with line:
        yield line


def _try(place: Path) -> Connection | None:
    try:
        return Client(str(place / "socket"), "AF_UNIX")
    except OSError:
        return None


def _start(place: Path) -> Connection:
    log = (place / "log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", DRAWING, str(place)],
        cwd=ASSETS.parent,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    log.close()
    until = time.monotonic() + STARTING
    while time.monotonic() < until:
        line = _try(place)
        if line is not None:
            threading.Thread(target=process.wait, daemon=True).start()  # so that its end leaves no zombie
            return line
        if process.poll() is not None:
            break
        time.sleep(0.05)
    process.kill()
    raise CannotDraw((place / "log").read_text(errors="replace")[-2000:] or "Chromium did not start")


def serve(place: Path) -> None:
    """Draws what comes in over the socket of a folder, until nothing came for IDLE seconds."""
    chromium = browser()
    os.environ["FONTCONFIG_FILE"] = str(_font_list(place))
    os.environ["BROWSER_PATH"] = str(_wrapper(place, chromium or ""))
    import kaleido  # slow to import, and only here

    kaleido.start_sync_server(n=1, mathjax=False, plotlyjs=str(PLOTLY), timeout=60, silence_warnings=True)
    (place / "socket").unlink(missing_ok=True)
    ended, one = threading.Event(), threading.Lock()
    quiet = threading.Timer(IDLE, ended.set)

    def rest() -> None:
        nonlocal quiet
        quiet.cancel()
        quiet = threading.Timer(IDLE, ended.set)
        quiet.daemon = True
        quiet.start()

    def answer(line: Connection) -> None:
        with line:
            try:
                asked = line.recv_bytes()
                if asked == b"stop":
                    close()
                    line.send_bytes(b"+")
                    ended.set()
                    return
                with one:
                    line.send_bytes(_drawn(kaleido, json.loads(asked)))
            except (EOFError, OSError):
                pass
        rest()

    def listen() -> None:
        with suppress(OSError):  # closed
            while True:
                threading.Thread(target=answer, args=(listener.accept(),), daemon=True).start()

    def close() -> None:
        """Whoever comes from now on starts another process; this one must not take the name of its socket away."""
        with suppress(OSError):
            listener.close()

    listener = Listener(str(place / "socket"), "AF_UNIX", backlog=16)
    rest()
    threading.Thread(target=listen, daemon=True).start()
    ended.wait()
    close()
    with one:
        kaleido.stop_sync_server(silence_warnings=True)


def _drawn(kaleido: Any, task: dict[str, Any]) -> bytes:
    options = {"format": task["kind"], "width": task["width"], "height": task["height"], "scale": task["scale"]}
    try:
        return b"+" + kaleido.calc_fig_sync(task["figure"], opts=options)
    except Exception as error:
        return f"-{type(error).__name__}: {error}".encode()


def _font_list(place: Path) -> Path:
    """A configuration of fontconfig that knows the project's own fonts beside those of the machine."""
    path = place / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{FONTS / 'ttf'}</dir><cachedir>{place / 'font-cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return path


def _wrapper(place: Path, chromium: str) -> Path:
    """Chromium with the flags that Kaleido has no way to pass on: it talks to nobody."""
    path = place / "chromium"
    flags = "--disable-quic --disable-background-networking --force-color-profile=srgb"
    path.write_text(f'#!/bin/sh\nexec "{chromium}" {flags} "$@"\n', encoding="utf-8")
    path.chmod(0o700)
    return path


# The same bytes for the same figure


def _settled_svg(svg: bytes) -> bytes:
    """Plotly names clips and gradients by random letters; here they are counted."""
    text = svg.decode()
    names: dict[str, str] = {}
    for name in re.findall(r'\bid="(?:topdefs-|defs-|clip|legend|g)([0-9a-f]{6})', text):
        names.setdefault(name, f"{len(names):06d}")
    for found in re.findall(r'class="[^"]*\btrace[^"]* trace([0-9a-f]{6})\b', text):
        names.setdefault(found, f"{len(names):06d}")
    for name, counted in names.items():
        text = text.replace(name, counted)
    return text.encode()


def _settled_pdf(pdf: bytes) -> bytes:
    """Without the time of writing and the name of the tool, at the same length, so that every offset stays true."""
    pdf = pdf.replace(b"/Title (Kaleido-fier)", b"/Title (CCHC, Ha Noi)")
    return re.sub(rb"(/(?:CreationDate|ModDate) \(D:)(\d{14})", lambda hit: hit[1] + b"20000101000000", pdf)


def _with_resolution(png: bytes, dpi: int) -> bytes:
    """The PNG with its resolution written into it: 1890 px are 160 mm in a text processor."""
    metre = round(dpi / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", metre, metre, 1)
    chunk = struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
    return png[:33] + chunk + png[33:]  # after the signature and the header


@cache
def _faces() -> tuple[tuple[str, str, tuple[range, ...], str], ...]:
    """The faces of assets/fonts.css: family, weight, code points, file."""
    faces = []
    for rule in re.findall(r"@font-face \{(.*?)\}", (ASSETS / "fonts.css").read_text(encoding="utf-8"), re.S):
        says = dict(re.findall(r"([\w-]+): (.*?);", rule))
        spans = []
        for part in says["unicode-range"].replace("U+", "").split(", "):
            first, _, last = part.partition("-")
            spans.append(range(int(first, 16), int(last or first, 16) + 1))
        file = re.search(r"url\('(.+?)'\)", says["src"])[1]
        faces.append((says["font-family"].strip("'"), says["font-weight"], tuple(spans), file))
    return tuple(faces)


def _embedded(svg: bytes) -> bytes:
    """The SVG with the faces that its texts are set in, so that it looks the same on every machine."""
    text = svg.decode()
    points = {ord(char) for char in text}
    weights = set(re.findall(r"font-weight: ?(\d+)", text)) | {"400"}
    rules = []
    for family, weight, spans, file in _faces():
        if weight not in weights or family not in text or not any(point in span for point in points for span in spans):
            continue
        data = base64.b64encode((ASSETS / file).read_bytes()).decode()
        ranges = ", ".join(f"U+{span.start:X}-{span.stop - 1:X}" for span in spans)
        rules.append(
            f"@font-face{{font-family:'{family}';font-weight:{weight};unicode-range:{ranges};"
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    head, mark, rest = text.partition(">")
    return f"{head}{mark}<style>{''.join(rules)}</style>{rest}".encode()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
