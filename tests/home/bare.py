"""A child interpreter as on a system without POSIX: what Windows lacks is taken away, then it runs.

python bare.py MODULE ARGS runs `python -m MODULE ARGS`. Interpreters that it starts are as bare. What `subprocess` itself needs stays within it, as on Windows.
"""

import os
import runpy
import select
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

MODULES = ("fcntl", "resource", "pwd", "grp", "termios", "pty", "tty", "landlockpy", "pyseccomp")
SIGNALS = ("SIGABRT", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM")  # all that Windows has
FUNCTIONS = {  # not os.uname, which NumPy asks where sys.platform is linux
    os: (
        *("fork", "forkpty", "waitid", "wait", "wait3", "wait4", "killpg", "getuid", "geteuid"),
        *("getgid", "getegid", "getgroups", "setsid", "setpgid", "getpgid", "pread"),
        *("sched_getaffinity", "set_blocking", "pipe2", "fchmod", "fchown", "chown", "mkfifo"),
        *("WIFEXITED", "WEXITSTATUS", "WIFSIGNALED", "WTERMSIG", "O_CLOEXEC", "O_NONBLOCK"),
        *("O_NOFOLLOW", "O_DIRECTORY", "O_SYNC"),
    ),
    signal: ("setitimer", "getitimer", "alarm", "pause", "sigwait", "pthread_kill", "ITIMER_PROF"),
    socket: ("send_fds", "recv_fds", "AF_UNIX"),
    select: ("poll", "epoll"),
    time: ("clock_gettime", "tzset"),
}


def take_away():
    """Leave what Windows has too."""
    kill = os.kill
    subprocess.Popen.kill = lambda process: process.poll() is None and kill(process.pid, 9)
    subprocess._PopenSelector = selectors.SelectSelector
    shutil._use_fd_functions = False  # from Python 3.13 on it would need os.O_NONBLOCK
    for name in MODULES:
        sys.modules[name] = None
    for module, names in FUNCTIONS.items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    for name in [n for n in dir(signal) if n.startswith("SIG") and n[3] != "_"]:
        if name not in SIGNALS:
            delattr(signal, name)


def bare_interpreter(folder):
    """A program in that folder that is as bare as this one, for interpreters that are started."""
    program = os.path.join(folder, "python")
    with open(program, "w") as file:
        file.write(f'#!/bin/sh\nexec "{sys.executable}" "{os.path.abspath(__file__)}" --run "$@"\n')
    os.chmod(program, 0o755)
    return program


def main():
    """Run the module or the file that the arguments say."""
    how, *arguments = sys.argv[1:]
    if how == "--run":  # as the kit starts interpreters: options, a file, its arguments
        sys.argv = arguments[next(n for n, a in enumerate(arguments) if a.endswith(".py")) :]
        take_away()
        sys.path.insert(0, os.path.dirname(sys.argv[0]))
        runpy.run_path(sys.argv[0], run_name="__main__")
        return
    with tempfile.TemporaryDirectory() as folder:
        sys.executable = bare_interpreter(folder)
        take_away()
        sys.argv = [how, *arguments]
        runpy.run_module(how, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
