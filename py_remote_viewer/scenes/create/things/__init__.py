"""What a sentence says, typed: things, their sizes and elements, the draft that changes them, and how they are told. Pure."""
