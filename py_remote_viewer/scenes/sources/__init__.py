"""Models that others publish: MuJoCo Menagerie, and those of installed packages. A helper process alone imports them."""
