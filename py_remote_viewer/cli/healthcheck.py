"""Exit code 0 when the server on this machine is healthy or starting: for a container that has no curl.

Asked over loopback under the name `localhost`, at the port of the settings.
"""

from __future__ import annotations

import sys
import urllib.error
import urllib.request

from py_remote_viewer.config import load_settings

TIMEOUT_S = 4.0


def main() -> int:
    """Ask `/api/health`."""
    url = f"http://localhost:{load_settings().port}/api/health"
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_S) as answer:
            answer.read()
    except (urllib.error.URLError, TimeoutError) as exc:
        print(f"{url}: {exc}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
