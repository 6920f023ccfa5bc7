"""Text to tokens, and tokens to noun phrases: reads only, changes nothing. Pure."""
