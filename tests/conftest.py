"""Shared by all tests: one language, and no deadline for properties on a busy machine."""

import os

from hypothesis import settings

os.environ["TANHE_LANG"] = "zh"

settings.register_profile("tanhe", deadline=None)
settings.load_profile("tanhe")
