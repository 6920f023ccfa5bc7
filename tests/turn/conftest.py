from tests.e2e.conftest import chromium_path

__all__ = ["chromium_path"]
