"""Ask the world: what Crossref, arXiv, the ACL Anthology and others know of a work."""
