"""Speaks to the application as a browser does, without a network."""

import asyncio
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode

ORIGIN = "http://127.0.0.1:8000"
OWN = {"sec-fetch-site": "same-origin", "origin": ORIGIN}


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode()


class Visitor:
    """Somebody with a browser; keeps cookies, and says where a form came from."""

    def __init__(self, app):
        self.app, self.cookies = app, {}

    def get(self, path, **headers):
        return self.ask("GET", path, headers=headers)

    def post(self, path, fields=None, *, headers=OWN):
        body = urlencode(fields or {}).encode()
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, body=[body], headers={**kind, **headers})

    def sign_in(self, code):
        answer = self.post("/sign-in", {"code": code})
        assert answer.status == 303, answer.text
        return self

    def ask(self, method, path, *, headers=None, body=(b"",), host="127.0.0.1:8000", length=True):
        """The answer to a request whose body comes in these parts."""
        sent = {"host": host, **(headers or {})}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if length:
            sent["content-length"] = str(sum(map(len, body)))
        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in sent.items()],
            "client": ("127.0.0.9", 50000),
            "server": ("127.0.0.1", 8000),
        }
        answer = asyncio.run(_spoken(self.app, scope, list(body)))
        for name, value in answer.headers.items():
            if name == "set-cookie":
                for key, morsel in SimpleCookie(value).items():
                    self.cookies[key] = morsel.value
        return answer


async def _spoken(app, scope, parts):
    messages = []

    async def receive():
        if not parts:
            await asyncio.sleep(3600)
        part = parts.pop(0)
        if part is None:  # it never comes
            await asyncio.sleep(3600)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message):
        messages.append(message)

    await app(scope, receive, send)
    start = messages[0]
    headers = {k.decode(): v.decode("latin-1") for k, v in start["headers"]}
    return Answer(start["status"], headers, b"".join(m.get("body", b"") for m in messages[1:]))
