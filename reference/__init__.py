"""The answers: never in the wheel, never in a process that runs a submission."""
