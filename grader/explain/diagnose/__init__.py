"""Why a submission is wrong, said only where it is certain."""
