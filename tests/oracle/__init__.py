"""RULES and CONTRACT §4 a second time: slow, plain, and without a line of the program's own rules.

`register` reads a folder of CSV files, `rules` says what each rule means for one unit, `rollup` counts; `provinces`
and `provincefacts` make up folders to try. Nothing here but the tests may import the program, save for the place of
its checklists.
"""
