"""Tanhe (碳核): software for verifying greenhouse-gas emissions (温室气体排放核查) in China."""

__version__ = "0.1.0"
