"""The web site: its pages, its folder, and what machines read of it."""
