"""The example year 2020: real facts of the standing office, and made-up but plausible facts of the other units.

`story` decides what happened to each unit, `answering` how an audit there went, `seeing` what the inspectors wrote,
`sheets` writes it as the sheets of the province workbook, `loading` brings everything in through the ordinary importer,
`meetings`, `followed` and `concluded` tell of the day of the audit, of what became of its findings and of the notice,
`declaring` of the decisions of units, `yearly` and `decided` of the rest of the year, `removal` takes it out again.
Everything made up is deterministic and marked as example data; its sentences are data (`seen/*.toml`).
"""
