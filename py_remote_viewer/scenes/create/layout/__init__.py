"""Where everything starts: relations solved to positions, nothing inside anything else. Pure."""
