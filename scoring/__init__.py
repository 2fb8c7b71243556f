"""From the files of a season to an index: reading, checks, imports, scoring, uncertainty and the store."""
