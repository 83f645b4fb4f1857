"""The risk screen: what the book is worth wherever SPX and VIX go. It is made when it is first asked for."""

import os

os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"  # it would take PyQt6 first where both are installed
