"""The example year 2020: real facts of the standing office, and made-up but plausible facts of the other units.

`story` decides what happened to each unit, `answering` how an audit there went, `sheets` writes both as the sheets of
the province workbook, `loading` brings everything in through the ordinary importer, `removal` takes it out again.
Everything made up is deterministic and marked as example data.
"""
