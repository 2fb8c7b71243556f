"""A real browser and a real server, one of each for every worker; data folders, made once for all of them."""

import base64
import fcntl
import hashlib
import inspect
import logging
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait
from werkzeug.serving import make_server

# How long an example takes says how busy the machine is, and of what is tested nothing.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

# Selenium must neither look for newer drivers nor report that it ran.
os.environ.setdefault("SE_OFFLINE", "true")
os.environ.setdefault("SE_AVOID_STATS", "true")

ROOT = Path(__file__).resolve().parents[1]
MADE_OF = (
    "scoring/**/*.py",
    "scoring/**/*.sql",
    "data/definitions/**/*.*",
    "tests/data/example/in/*",
    "tests/seasons.py",
    "requirements.lock",
)
AXE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
EXAMPLE = Path(__file__).parent / "data" / "example" / "in"
WAIT = 15  # seconds until a page that does not settle counts as broken

# True once Dash has nothing left to do, no chart is still to be drawn and the fonts are there.
SETTLED = """
if (document.readyState !== "complete" || document.fonts.status !== "loaded") return false;
if (!document.getElementById("react-entry-point")) return true;
if (!window.store) return false;
const {isLoading, callbacks, layout} = window.store.getState();
const waiting = Object.entries(callbacks).some(([name, list]) => name !== "stored" && list.length);
return !!layout && !isLoading && !waiting && !document.querySelector("._dash-loading, .dash-graph--pending");
"""


def chromium_options() -> Options:
    """What Chromium is started with. The driver gives it a fresh profile and removes that afterwards."""
    options = Options()
    options.binary_location = shutil.which("chromium") or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for argument in (
        "--headless=new",
        "--no-sandbox",  # root in a container has no other way
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run",
        "--force-color-profile=srgb",
        "--hide-scrollbars",
        "--window-size=1366,900",
        # The product stands alone: a page that asks any other host for something shows it as an error in its console.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ):
        options.add_argument(argument)
    return options


class Chromium(webdriver.Chrome):
    """Selenium's Chrome with the few questions the tests ask of a page. It waits for conditions, never for time."""

    def wait(self, condition, message: str = ""):
        """What `condition(browser)` returns as soon as that is true."""
        return WebDriverWait(self, WAIT, poll_frequency=0.05).until(condition, message)

    def settled(self) -> None:
        """Returns when callbacks, charts and fonts are done."""
        self.wait(lambda _: self.execute_script(SETTLED), f"{self.current_url} does not settle")

    def open(self, url: str) -> None:
        """Goes to a page and waits until it has settled."""
        self.get(url)
        self.settled()

    def all(self, css: str) -> list:
        """The elements there are now, none being an answer too."""
        return self.find_elements(By.CSS_SELECTOR, css)

    def one(self, css: str):
        """The first visible element, once there is one."""
        return self.wait(lambda _: next((e for e in self.all(css) if e.is_displayed()), None), f"no visible {css}")

    def resize(self, width: int, height: int = 900) -> None:
        """Sets the viewport in CSS pixels; a window itself cannot be as narrow as a telephone."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def console_errors(self) -> list[str]:
        """Errors in the console since the last call."""
        return [entry["message"] for entry in self.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def too_wide(self) -> int:
        """By how many pixels the page scrolls sideways; 0 is right."""
        return self.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def axe(self, within: str = "html") -> list[str]:
        """Accessibility violations as lines: rule, impact, what it is about, where."""
        if not self.execute_script("return !!window.axe"):
            self.execute_script(AXE.read_text(encoding="utf-8"))
        result = self.execute_async_script(
            "const done = arguments[1];"
            "axe.run(arguments[0], {resultTypes: ['violations']}).then(done, e => done({broken: String(e)}));",
            within,
        )
        assert "broken" not in result, result["broken"]
        return [
            f"{found['id']} ({found['impact']}): {found['help']}: {[node['target'][0] for node in found['nodes']]}"
            for found in result["violations"]
        ]

    def picture(self, path: Path) -> None:
        """Saves the whole page, also below the fold, as PNG."""
        size = self.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        shot = {"format": "png", "captureBeyondViewport": True, "clip": {**size, "scale": 1}}
        path.write_bytes(base64.b64decode(self.execute_cdp_cmd("Page.captureScreenshot", shot)["data"]))


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for all tests; a test asks for `browser`."""
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.fail("Chromium and its driver are missing: make test installs them (apt: chromium chromium-driver)")
    driver = Chromium(options=chromium_options(), service=Service(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


@pytest.fixture
def browser(chromium):
    """The browser as if new: 1366 px wide, no cookies, nothing stored, an empty console."""
    chromium.get("about:blank")
    chromium.execute_cdp_cmd("Network.clearBrowserCookies", {})
    chromium.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    chromium.resize(1366)
    chromium.console_errors()
    return chromium


@pytest.fixture(scope="session", autouse=True)
def drawing(tmp_path_factory):
    """The process that draws pictures for the product: every worker's own, started by the first picture."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.getbasetemp()))
        yield
        if pictures := sys.modules.get("dashboard.render.pictures"):
            pictures.stop()


@pytest.fixture(scope="session")
def made_once(request, tmp_path_factory):
    """A function that gives the data folder of a name as `fill` made it; not to be written to. Made by the worker that
    comes first, the others wait; kept for the next run, until something changes that it is made of."""
    cache = getattr(request.config, "cache", None)
    place = cache.mkdir("seasons") if cache else tmp_path_factory.getbasetemp()
    digest = hashlib.sha256()
    for path in sorted(path for files in MADE_OF for path in ROOT.glob(files)):
        digest.update(str(path).encode() + path.read_bytes())

    def made(name: str, fill: Callable[[Path], None]) -> Path:
        folder, done = place / name, place / f"{name}.made-of"
        own = digest.copy()
        own.update(inspect.getsource(inspect.getmodule(fill)).encode())
        with (place / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists() or done.read_text() != own.hexdigest():
                done.unlink(missing_ok=True)
                shutil.rmtree(folder, ignore_errors=True)
                fill(folder)
                done.write_text(own.hexdigest())
        return folder

    return made


@pytest.fixture(scope="session")
def demo_season(made_once) -> Path:
    """A data folder with the made-up season that `make run` shows; not to be written to."""
    return made_once("demo", lambda folder: bring_in("demo", "--data", folder))


@pytest.fixture(scope="session")
def example_season(made_once) -> Path:
    """A data folder with the small example season; not to be written to."""
    return made_once("example", lambda folder: bring_in("import", EXAMPLE, "--data", folder))


@pytest.fixture(scope="session")
def store(example_season):
    """The small example season, as the dashboard reads it."""
    from scoring.store import Store

    return Store(example_season)


@pytest.fixture(scope="session")
def seasons(made_once):
    """Random seasons in one store: rubrics of any depth, open leaves, leaves taken out, several rounds and appraisers,
    groups of few ballots, groups that share persons, units without ballots, no plan."""
    import seasons

    from scoring.store import Store

    def fill(folder: Path) -> None:
        seasons.bring_in(folder / "data", map(seasons.appraised_season, seasons.SEEDS), folder / "files")

    return Store(made_once("random", fill) / "data")


def bring_in(*argv) -> None:
    """Runs cchc, which has to succeed."""
    from scoring.cli import main

    assert main([*map(str, argv), "-q"]) == 0


@pytest.fixture(scope="session")
def address(store, live_server) -> str:
    """Where the dashboard over the small example season is served."""
    import app

    return live_server(app.create_app(store))


@pytest.fixture(scope="session")
def live_server():
    """A function from a Dash app or a WSGI application to the address it is served under until the run ends."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    servers = []

    def serve(app) -> str:
        server = make_server("127.0.0.1", 0, getattr(app, "server", app), threaded=True)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()


def pytest_setup_options():
    """Dash's own fixtures (dash_duo) start the same browser."""
    return chromium_options()


def pytest_collection_modifyitems(items):
    """Whatever asks for a browser is marked so: `pytest -m "not browser"` leaves it out. Files with such tests come
    first, because they last: of workers that take a file each, none is left with a long one at the end."""
    for item in items:
        if {"browser", "chromium", "dash_duo", "dash_br"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
    long = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in long)
