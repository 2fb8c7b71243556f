"""Who is looking, and what they may ask of the store. Only this room imports `scoring.store`."""

from scoring.store import Store, StoreUnavailable

__all__ = ("Store", "StoreUnavailable")
