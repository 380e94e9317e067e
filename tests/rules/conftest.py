"""What the tests of the rules share: the cases that lie beside the checkout."""

from pathlib import Path

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

# A busy machine is no fault of the arithmetic.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared cases do not lie beside this checkout")
    return SHARED
