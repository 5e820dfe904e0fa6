"""The web process: uvicorn on a socket that it was given."""

import resource
import socket
import sys
from pathlib import Path

import uvicorn

from grader.course.database import Database
from grader.serve.settings import read_course
from grader.serve.web.app import make_app
from grader.serve.web.confine import confine
from grader.serve.web.site import Site

GRACE_S = 3  # for open streams, when it is asked to end
KEEP_ALIVE_S = 15
LOCAL = ("127.0.0.1", "localhost", "[::1]")


def main() -> None:
    """Serve the course in the first argument on the socket in the second until SIGTERM."""
    folder, descriptor = sys.argv[1:3]
    confine(Path(folder))  # before there are threads
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # one for each open page
    course = read_course(Path(folder))
    opened = socket.socket(fileno=int(descriptor))
    port = opened.getsockname()[1]
    origins = {course.address, *(f"http://{name}:{port}" for name in LOCAL)}
    with (
        Database(course.folder) as reading,
        Database(course.folder, shared=True) as changing,
    ):
        config = uvicorn.Config(
            make_app(Site(course, reading, changing), origins),
            access_log=False,  # who looks at what is nobody's business
            log_level="warning",
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=GRACE_S,
        )
        uvicorn.Server(config).run(sockets=[opened])
