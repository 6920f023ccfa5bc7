from py_remote_viewer.passive.handle import Handle as Handle
from py_remote_viewer.passive.launch import launch as launch
from py_remote_viewer.passive.launch import launch_from_path as launch_from_path
from py_remote_viewer.passive.launch import launch_passive as launch_passive

__version__: str
