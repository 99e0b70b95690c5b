"""Completion in bash, zsh and fish: what may stand at the cursor, said in each shell's way."""
