"""HTTP over the champion."""
