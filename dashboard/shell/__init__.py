"""The frame around every page: what a URL shows, header, ribbon, navigation, search, downloads."""
