"""Why a submission is wrong: its smallest failing case, the known mistake, the faulty line."""
