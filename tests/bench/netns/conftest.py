import os
import shutil

import pytest


@pytest.fixture(scope="session")
def netns() -> None:
    """Skips where network namespaces cannot be made."""
    if os.geteuid() != 0 or not all(shutil.which(command) for command in ("ip", "ethtool", "nft")):
        pytest.skip("needs root, iproute2, ethtool and nftables")
