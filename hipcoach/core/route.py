"""The way through a plan: which step comes next when some exercises have been dropped."""

from __future__ import annotations

from collections.abc import Callable, Set

from hipcoach.core.plan import Plan, Step, StepKind


def following(
    plan: Plan, index: int, dropped: Set[int | None], accepts: Callable[[Step], bool] | None = None
) -> int | None:
    """The first step after `index` that is still to be done and that `accepts` takes; None at the end.

    A rest is passed over where only dropped exercises or another rest follow it.
    """
    for place in range(index + 1, len(plan.steps)):
        step = plan.steps[place]
        if step.item in dropped and step.item is not None:
            continue
        if step.kind is StepKind.REST and not _leads_to_work(plan, place, dropped):
            continue
        if accepts is None or accepts(step):
            return place
    return None


def work_before(plan: Plan, index: int, dropped: Set[int | None]) -> int | None:
    """The last work step before `index` that is still to be done."""
    for place in range(min(index, len(plan.steps)) - 1, -1, -1):
        step = plan.steps[place]
        if step.is_work and step.item not in dropped:
            return place
    return None


def entry_of(plan: Plan, index: int) -> int:
    """Where one gets ready for the step at `index`: its lead-in or switch, or itself where there is none."""
    while index > 0 and plan.steps[index].direct:
        index -= 1
    leads_in = (StepKind.PREPARE, StepKind.SWITCH)
    if index > 0 and plan.steps[index].is_work and plan.steps[index - 1].kind in leads_in:
        return index - 1
    return index


def step_before(plan: Plan, index: int, dropped: Set[int | None]) -> int:
    """The step before `index` that is not dropped; `index` itself where there is none."""
    earlier = range(index - 1, -1, -1)
    return next((place for place in earlier if plan.steps[place].item not in dropped), index)


def crosses_over(plan: Plan, start: int, end: int) -> bool:
    """Whether going from step `start` on to step `end` is the change to the other leg of a circuit.

    That is so when `end` is marked as the change, or a step between them, passed over, is.
    """
    return any(plan.steps[place].switched for place in (*range(start + 1, end), end))


def ends_round(plan: Plan, start: int, end: int | None) -> bool:
    """Whether a round ends with step `start` or with one of the dropped steps before step `end`."""
    return any(step.ends_round for step in plan.steps[start:end])


def seconds_after(plan: Plan, index: int, dropped: Set[int | None]) -> float:
    """Seconds of the steps after `index` that are still to be done."""
    if not dropped:
        step = plan.steps[index]
        return plan.total_seconds - step.start - step.seconds
    known = frozenset(dropped)
    if known not in plan.seconds_left:
        # What was dropped before is not asked about again.
        plan.seconds_left.clear()
        plan.seconds_left[known] = _seconds_from_each(plan, known)
    return plan.seconds_left[known][index + 1]


def _seconds_from_each(plan: Plan, dropped: Set[int | None]) -> tuple[float, ...]:
    """For every step, and after the last, the seconds from there on that are still to be done."""
    left = [0.0]
    leads_to_work = False
    for step in reversed(plan.steps):
        is_dropped = step.item is not None and step.item in dropped
        is_rest = step.kind is StepKind.REST
        counts = not is_dropped and (leads_to_work or not is_rest)
        left.append(left[-1] + step.seconds if counts else left[-1])
        if not is_dropped:
            # A rest before another rest, or before nothing, is passed over.
            leads_to_work = not is_rest
    return tuple(reversed(left))


def _leads_to_work(plan: Plan, rest: int, dropped: Set[int | None]) -> bool:
    for place in range(rest + 1, len(plan.steps)):
        step = plan.steps[place]
        if step.item is None or step.item not in dropped:
            return step.kind is not StepKind.REST
    return False
