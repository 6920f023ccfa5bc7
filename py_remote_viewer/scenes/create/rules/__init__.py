"""The rules of the grammar: what each phrase does to the draft, and the walk that tries them in order. Pure."""
