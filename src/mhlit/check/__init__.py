"""Find what is wrong in a bibliography, and mend it without harm."""
