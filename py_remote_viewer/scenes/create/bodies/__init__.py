"""What is placed becomes bodies through `MjSpec`: one builder for each family of kinds. Child process only: imports mujoco."""
