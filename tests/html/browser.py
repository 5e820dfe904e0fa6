"""Headless Chromium, driven through its debugging pipe: no driver and no package is needed."""

import base64
import contextlib
import itertools
import json
import os
import select
import subprocess
import time

from tests.needs import CHROMIUM

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"),
    *("--no-first-run", "--no-default-browser-check", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-extensions", "--hide-scrollbars"),
    "--remote-debugging-pipe",
)


class Browser:
    """One browser with one page; `errors` and `requests` are what the page caused since open()."""

    def __init__(self, profile):
        to_read, self.to = os.pipe()
        self.back, to_write = os.pipe()
        for fd in (to_read, to_write):
            os.set_inheritable(fd, True)
        inner = 'exec "$@" 3<&"$R" 4>&"$W"'
        self.process = subprocess.Popen(
            ["bash", "-c", inner, "bash", CHROMIUM, *FLAGS, f"--user-data-dir={profile}"],
            pass_fds=(to_read, to_write),
            env={**os.environ, "R": str(to_read), "W": str(to_write), "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self.numbers, self.buffer = itertools.count(1), b""
        self.errors, self.requests, self.loaded, self.session = [], [], False, None
        self.document = ""  # what the window has come to
        found = self.call("Target.createTarget", url="about:blank")
        self.session = self.call("Target.attachToTarget", targetId=found["targetId"], flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method, **params):
        """The result of a command; what happens in the meantime is taken note of."""
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            said = self._next()
            if said.get("id") == number:
                assert "error" not in said, (method, said["error"])
                return said["result"]

    def _next(self, within_s=120):
        until = time.monotonic() + within_s
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.back], [], [], max(0, until - time.monotonic()))
            part = os.read(self.back, 2**20) if ready else b""
            assert part, "the browser does not answer"
            self.buffer += part
        one, _, self.buffer = self.buffer.partition(b"\0")
        said = json.loads(one)
        self._note(said.get("method"), said.get("params", {}))
        return said

    def _note(self, method, params):
        if method == "Runtime.exceptionThrown":
            self.errors.append(params["exceptionDetails"])
        elif method == "Log.entryAdded":
            self.errors.append(params["entry"])
        elif method == "Runtime.consoleAPICalled":
            self.errors.append(params)
        elif method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Page.javascriptDialogOpening":
            self.errors.append(params)
        elif method == "Page.frameNavigated" and "parentId" not in params["frame"]:
            self.loaded, self.document = False, params["frame"]["loaderId"]
        elif method == "Page.loadEventFired":
            self.loaded = True

    def open(self, path, width=1280, height=900, theme="light", script=True):
        """Load a file or an address into a window of that width, in that colour scheme."""
        self.errors, self.requests, self.loaded = [], [], False
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        preference = {"name": "prefers-color-scheme", "value": theme}
        self.call("Emulation.setEmulatedMedia", features=[preference])
        url = path if isinstance(path, str) else path.as_uri()
        wanted = self.call("Page.navigate", url=url).get("loaderId", self.document)
        while self.document != wanted:  # the page before may be loading still
            self._next()
        self.wait_loaded()

    def wait_loaded(self):
        """Wait until the page, or the one it leads to, is there."""
        while not self.loaded:
            self._next()
        self.loaded = False

    def run(self, script):
        """The value of a JavaScript expression in the page; of a promise, what it comes to."""
        how = {"returnByValue": True, "awaitPromise": True}
        found = self.call("Runtime.evaluate", expression=script, **how)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def click(self, selector):
        """Click where an element is, as a user does; works where the page's scripts are off."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.scrollIntoViewIfNeeded", nodeId=node)
        corners = self.call("DOM.getContentQuads", nodeId=node)["quads"][0]
        where = {"x": sum(corners[::2]) / 4, "y": sum(corners[1::2]) / 4}
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **where)

    def press(self, key):
        """Press a key as a user does, in whatever has the focus."""
        code = {"Tab": 9, "Enter": 13, " ": 32}[key]
        text = {"Enter": "\r", " ": " "}.get(key, "")
        what = {"key": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **what)
        self.call("Input.dispatchKeyEvent", type="keyUp", **what)

    def picture(self, path, *, whole=True):
        """Write what is seen to a PNG file, by custom the whole page."""
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(shot["data"]))

    def close(self):
        self.session = None
        with contextlib.suppress(Exception):
            self.call("Browser.close")
        os.close(self.to)
        os.close(self.back)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
