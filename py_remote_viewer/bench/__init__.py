"""The benchmark of the product: what this machine can hold, measured on the real parts."""
