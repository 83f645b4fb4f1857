"""Files that ship with the program: playbooks, themes, icons, the simulated market."""
