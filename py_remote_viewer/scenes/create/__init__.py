"""Scenes from a sentence: plain English to a typed description, to a placed layout, to MJCF that physics has tried.

From the bottom up: `lexicon` (what words mean) · `things` (what was said, typed) · `reading` (text to noun phrases) and
`layout` (relations to positions) · `rules` (what phrases do) and `bodies` (things to `MjSpec`) · `checks` · `prompt` (a prompt
to a description) · `own` (a prompt about MJCF that no sentence made) · `author` (a prompt to a scene that physics has tried).
"""
