"""The result level of a task on a day (RULES §8)."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from isoaudit.domain.facts import TaskFact
from isoaudit.domain.vocabulary import ResultLevel


def result_level(task: TaskFact, day: date) -> ResultLevel:
    """The level on that day; the office's own mark holds on every day.

    (reading: content is complete only when somebody said so; a task completed late with its content
    incomplete is `not_done`, as is one not completed after its due day.)
    """
    if task.mark is not None:
        return task.mark
    if task.completed_on is None or task.completed_on > day:
        waiting = task.due_on is None or task.due_on >= day
        return ResultLevel.IN_PROGRESS if waiting else ResultLevel.NOT_DONE
    if task.due_on is None or task.completed_on <= task.due_on:
        return ResultLevel.DONE_WELL if task.content_complete else ResultLevel.DONE
    return ResultLevel.DONE_LATE if task.content_complete else ResultLevel.NOT_DONE


def count(tasks: Iterable[TaskFact], year: int, day: date) -> dict[ResultLevel, int]:
    """How many tasks of the year's plan stand at each level; every level is there."""
    found = Counter(result_level(each, day) for each in tasks if each.year == year)
    return {level: found[level] for level in ResultLevel}
