"""The province's catalogue of administrative procedures (TTHC): entering and searching it (`entries`, `listing`),
reading tables of it (`drafting`), bringing them in (`loading`), publication decisions (`publishing`) and what units do
about them (`following`). Words and rules are in `domain.catalogue`; the figures that a unit states for a year are a
fact (`facts.procedures`).
"""
