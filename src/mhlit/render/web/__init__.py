"""The works as web pages that need no server and no network: HTML with its own style and script, and nothing else."""
