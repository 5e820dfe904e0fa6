"""The judge: plays seeded cases on a submission in a sandbox and compares with a reference."""

TYPE_CHECKING = False  # as in typing, which no start of the kit loads this early
if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load_ipython_extension(ipython: "InteractiveShell") -> None:
    """Add %%check to a notebook: what `%load_ext grader` does."""
    from grader.commands.magic import Check  # noqa: PLC0415  # nothing is loaded for who imports us

    ipython.register_magic_function(Check(ipython), "cell", "check")
