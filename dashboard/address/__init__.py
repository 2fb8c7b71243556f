"""What a URL selects and the link to every other view; how a unit, an item and a number are named and ordered."""
