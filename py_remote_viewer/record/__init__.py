"""What a room did, kept: trajectories that replay bit for bit, videos of its own encoded pictures, pictures drawn again."""
