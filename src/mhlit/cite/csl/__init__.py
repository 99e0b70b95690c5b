"""CSL styles interpreted by citeproc-py, its mistakes corrected: what is wrong upstream is mended in `elements`."""
