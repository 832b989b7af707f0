"""`python -m bot`."""

import gc
import os

from bot.collection import without_collections

# At its default of 700 new objects, Python looks for garbage too often for what it finds.
gc.set_threshold(10_000, 20, 50)
# Pydantic would look through all installed packages for plug-ins, of which there are none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

with without_collections():
    from bot.cli.main import main

    gc.freeze()

if __name__ == "__main__":
    main()
