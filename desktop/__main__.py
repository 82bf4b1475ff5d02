"""``python -m desktop`` is the same program as ``banbiantian``."""

import sys

from desktop.cli import main

sys.exit(main())
