"""Nonconformities (RULES §7): raised by minutes and notices (`raising`), handled until they are closed (`handling`),
listed (`listing`)."""
