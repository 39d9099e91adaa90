"""Runs a program with terms beside its values: what its path and its result depend on, as formulas over its inputs."""
