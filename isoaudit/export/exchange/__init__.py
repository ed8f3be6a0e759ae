"""Checklists and audits for other programs, in formats that are published: XLSForm (ODK, Kobo) and OSCAL (NIST)."""
