"""MJCF that no sentence made, changed by sentences: what there is, as things with names, and what words did to them."""
