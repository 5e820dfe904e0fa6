"""What this machine can give: isolation proved by trying, reproducibility, the kit's own files."""
