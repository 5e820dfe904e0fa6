"""The judge: plays seeded cases on a submission in a sandbox and compares with a reference."""
