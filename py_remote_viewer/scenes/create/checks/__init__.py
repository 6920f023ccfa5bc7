"""What came of a sentence held against it: by physics, by measure, and word by word."""
