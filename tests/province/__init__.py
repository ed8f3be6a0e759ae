"""A small province counted by hand: twelve units, a merger, an absorption, a rename, every status, two years. What the
roll-up, the workbook and the Word document say of it is written out in the tests, with how it was counted."""
