"""py_remote_viewer: a MuJoCo simulation watched and driven by several people in a web browser."""

__version__ = "0.1.0"
