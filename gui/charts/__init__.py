"""The charts screen: four panes over one row of sessions. Importing it loads pyqtgraph (a quarter of a second)."""

import os

os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"  # it would take PyQt6 first where both are installed
