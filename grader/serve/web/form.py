"""What a form holds, read once and whole; its files are closed again."""

from collections.abc import Mapping
from typing import NamedTuple

from starlette.datastructures import UploadFile
from starlette.requests import Request

MOST_FIELDS, MOST_FILES = 12, 1


class File(NamedTuple):
    """A file that was sent, with the name that it has for its sender."""

    name: str
    data: bytes


class Form(NamedTuple):
    """Texts and files by the names of their fields."""

    texts: Mapping[str, str]
    files: Mapping[str, File]

    def text(self, name: str) -> str:
        """Return what was typed into a field; "" if there is none."""
        return self.texts.get(name, "")

    def file(self, name: str) -> File:
        """Return the file of a field; an empty one if there is none."""
        return self.files.get(name, File("", b""))


async def read_form(request: Request) -> Form:
    """Return the form that was sent; whatever is none is refused with 400."""
    async with request.form(max_fields=MOST_FIELDS, max_files=MOST_FILES) as form:
        texts, files = {}, {}
        for name, value in form.items():
            if isinstance(value, UploadFile):
                files[name] = File(value.filename or "", await value.read())
            else:
                texts[name] = value
    return Form(texts, files)
