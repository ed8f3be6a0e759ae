"""Arrangements of units by a decision: `writing` enters, corrects and withdraws them, `carrying` takes along what hangs
on the units, `looking` tells what an arrangement does. What a decision may do is in `domain.unit_event`."""
