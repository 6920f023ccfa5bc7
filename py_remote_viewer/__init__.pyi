from py_remote_viewer.passive.handle import Handle as Handle
from py_remote_viewer.passive.launch import launch as launch
from py_remote_viewer.passive.launch import launch_from_path as launch_from_path
from py_remote_viewer.passive.launch import launch_passive as launch_passive
from py_remote_viewer.remote.blocking import Room as Room
from py_remote_viewer.remote.blocking import connect as connect
from py_remote_viewer.remote.blocking import connect_async as connect_async
from py_remote_viewer.remote.room import AsyncRoom as AsyncRoom

__version__: str
