"""What the committee's pages ask besides the roll-up: which years have facts, and what stands behind its counts.

The figures are counted in `services.rollup`. The lists here hold the records that a figure counted, as of the same
day, so that their lengths agree with it: `findings` (nonconformities, visits), `answered` (the clause table);
`register` tells districts, exemptions, and which rows are one unit.
"""
