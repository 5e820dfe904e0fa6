"""What every request has to pass before anything looks at it, one rule a function or class."""

import asyncio
import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = ("GET", "HEAD")
BODY_S = 30.0  # for a request's body to arrive
MOST_BODY = 256 * 1024
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # not no-referrer: with that, browsers send the origin `null` with a form
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Refuses unknown hosts, requests of other sites and bodies that do not arrive."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        """origins: by which the page is reached, such as https://judge.example.org."""
        self.app = app
        self.origins = frozenset(origins)
        self.hosts = frozenset(urlsplit(origin).netloc for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer that it is refused."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        if refused := self._refused(scope):
            return await refused(scope, receive, with_headers)
        return await self.app(scope, _in_time(receive), with_headers)

    def _refused(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if headers.getlist("host")[1:] or headers.get("host", "").lower() not in self.hosts:
            return PlainTextResponse("This page is not at that address.", 400)
        if scope["method"] not in SAFE and not self._is_own(headers):
            return PlainTextResponse("Refused: the request came from another site.", 403)
        return None

    def _is_own(self, headers: Headers) -> bool:
        """Return whether a browser says that a page of ours sent this."""
        said, origins = headers.getlist("sec-fetch-site"), headers.getlist("origin")
        if said not in ([], ["same-origin"]) or not (said or origins):
            return False
        named = [o for o in self.origins if urlsplit(o).netloc == headers["host"].lower()]
        return not origins or (len(origins) == 1 and origins[0] in named)


def _in_time(receive: Receive) -> Receive:
    """Return a way to receive a request that refuses a body which is late."""
    until = asyncio.get_running_loop().time() + BODY_S
    whole = False

    async def receive_in_time() -> Message:
        nonlocal whole
        if whole:
            return await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError as error:
            raise HTTPException(408) from error
        whole = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    return receive_in_time


class Failures:
    """How often sign-in has failed for an address lately; a campus may share one."""

    MOST, SECONDS, ADDRESSES = 100, 600.0, 10_000

    def __init__(self) -> None:
        self.times: OrderedDict[str, deque[float]] = OrderedDict()

    def too_many(self, address: str) -> bool:
        """Return whether the address has to wait."""
        times = self.times.get(address, deque())
        while times and times[0] < time.monotonic() - self.SECONDS:
            times.popleft()
        return len(times) >= self.MOST

    def add(self, address: str) -> None:
        """Count one more."""
        self.times.setdefault(address, deque(maxlen=self.MOST)).append(time.monotonic())
        self.times.move_to_end(address)
        while len(self.times) > self.ADDRESSES:
            self.times.popitem(last=False)


class Allowance:
    """How much each account may ask for: so much at once, and so much more a second."""

    AT_ONCE, A_SECOND = 300.0, 5.0  # a page costs 1

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.left: dict[str, tuple[float, float]] = {}  # by account: how much, and when that was

    def wait_s(self, account: str, cost: int) -> int:
        """Return 0 and count the cost, or after how many seconds there is enough for it."""
        at = self.clock()
        left, since = self.left.get(account, (self.AT_ONCE, at))
        left = min(self.AT_ONCE, left + self.A_SECOND * (at - since))
        lacks = cost - left
        self.left[account] = (left if lacks > 0 else left - cost), at
        return math.ceil(lacks / self.A_SECOND) if lacks > 0 else 0
