"""What can go wrong through no fault of a student."""


class GraderError(Exception):
    """The command cannot be carried out; the message says why and what to do."""


class ProblemError(GraderError):
    """A problem folder or its reference is not as it must be."""


class SandboxError(GraderError):
    """The sandbox could not be set up, or failed in a way no submission can cause."""
