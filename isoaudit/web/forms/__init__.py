"""The forms of the pages (WTForms), one file a room. The checklist page is a template of its own (too many rows)."""
