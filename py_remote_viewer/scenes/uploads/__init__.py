"""Models that people bring: what they upload, where it is kept, and how the compile child reads it without opening a file."""
