"""Who has how much to do on which day."""

import random

from clusterlab.methods import (
    Assignment,
    Dependency,
    LoadSpan,
    Overload,
    Task,
    resource_load,
    schedule,
)


def task(name, duration, *who, after=(), parent=""):
    links = tuple(Dependency(*a) if isinstance(a, tuple) else Dependency(a) for a in after)
    return Task(name, "", duration, after=links, parent=parent, resources=tuple(who))


ANNA, HALF = Assignment("Anna"), Assignment("anna ", 50)


def test_who_works_on_two_things_at_once_has_too_much_to_do():
    # T1 takes days 0 to 4 whole, T2 half of days 2 to 6: 100 %, then 150 %, then 50 %.
    plan = schedule([task("T1", 5, ANNA), task("T2", 5, HALF, after=[("T1", "SS", 2)])])
    (load,) = resource_load(plan)
    assert (load.resource, load.days, load.peak) == ("Anna", 7.5, 150)
    assert load.spans == (LoadSpan(0, 1, 100), LoadSpan(2, 4, 150), LoadSpan(5, 6, 50))
    assert load.overloads == (Overload(2, 4, 150, ("T1", "T2")),)


def test_exactly_a_day_is_not_too_much():
    plan = schedule([task("T1", 2, HALF), task("T2", 2, HALF)])
    (load,) = resource_load(plan)
    assert (load.spans, load.overloads) == ((LoadSpan(0, 1, 100),), ())
    plan = schedule([task("T1", 2, HALF), task("T2", 2, Assignment("Anna", 50.001))])
    assert len(resource_load(plan)[0].overloads) == 1


def test_two_halves_of_a_day_make_one():
    plan = schedule([task("T1", 0.5, ANNA), task("T2", 1, ANNA, after=["T1"])])
    (load,) = resource_load(plan)
    assert load.spans == (LoadSpan(0, 0, 100), LoadSpan(1, 1, 50))
    assert (load.days, load.overloads) == (1.5, ())


def test_days_of_too_much_work_in_a_row_are_told_as_one():
    plan = schedule([task("T1", 3, ANNA), task("T2", 1, HALF), task("T3", 1, ANNA, after=["T2"])])
    assert resource_load(plan)[0].overloads == (Overload(0, 1, 200, ("T1", "T2", "T3")),)


def test_a_share_above_a_day_may_be_a_team_and_more_than_it_is_too_much():
    def teams(*shares):
        plan = schedule([
            task(f"T{n}", 1, Assignment("Team", share)) for n, share in enumerate(shares, 1)
        ])  # fmt: skip
        (load,) = resource_load(plan)
        return [load.team(over) for over in load.overloads]

    assert teams(100) == []
    assert teams(100.5) == [True]
    assert teams(200) == [True]
    assert teams(200, 50) == [False]
    assert teams(100, 100) == [False]


def test_milestones_summaries_and_what_is_not_scheduled_load_nobody():
    tasks = [task("T1", 5, ANNA), task("T2", 2, HALF, parent="T1"), task("T3", 0, ANNA)]
    tasks += [task("T4", 1, ANNA, after=["T5"]), task("T5", 1, ANNA, after=["T4"])]
    (load,) = resource_load(schedule(tasks))
    assert load.spans == (LoadSpan(0, 1, 50),)
    assert resource_load(schedule([])) == ()


def test_random_loads_against_a_count_of_every_day():
    chance = random.Random(5)  # noqa: S311 - no secret
    for _ in range(200):
        tasks = []
        for n in range(chance.randint(1, 8)):
            after = [(f"T{chance.randrange(n)}", "FS", chance.choice([-1, 0, 0.5]))] if n else []
            who = Assignment(chance.choice("ab"), chance.choice([25, 50, 100]))
            tasks.append(task(f"T{n}", chance.choice([0, 0.25, 0.5, 1, 2.5, 4]), who, after=after))
        plan = schedule(tasks)
        days = {}
        for found in plan.tasks:
            for quarter in range(round(found.early_start * 4), round(found.early_finish * 4)):
                who = found.task.resources[0]
                here = days.setdefault(who.resource, {}).setdefault(quarter // 4, [0, set()])
                here[0] += who.share / 4
                here[1].add(found.task.id)
        loads = {load.resource: load for load in resource_load(plan)}
        assert loads.keys() == days.keys()
        for who, load in loads.items():
            spans = {d: s.load for s in load.spans for d in range(s.first, s.last + 1)}
            assert spans == {d: amount for d, (amount, _) in days[who].items()}
            assert load.peak == max(spans.values())
            over = {d: o.tasks for o in load.overloads for d in range(o.first, o.last + 1)}
            assert over.keys() == {d for d, amount in spans.items() if amount > 100}
            for found in load.overloads:
                names = set().union(*(days[who][d][1] for d in range(found.first, found.last + 1)))
                assert set(found.tasks) == names
