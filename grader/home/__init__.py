"""What a student can find out without any reference."""
