"""How the sums above the units are kept: one statement that turns changed figures into changes of sums.

The triggers of `Observation` run it inside the writing transaction, so that the sums never lag behind and no way of
writing goes round them; `recount` runs it over what is there. Rolled up always equals summed anew: the tests hold it.
"""

import pgtrigger

COUNTED = "('submitted', 'approved')"
"""States that count, as SQL; `observation.COUNTED` in Python."""

OLD = f"""
    SELECT period_id, indicator_id, unit_id, category_id,
           value AS v0, state = 'approved' AS a0, NULL::numeric AS v1, false AS a1
    FROM old_rows WHERE value IS NOT NULL AND state IN {COUNTED}
"""
NEW = f"""
    SELECT period_id, indicator_id, unit_id, category_id,
           NULL::numeric AS v0, false AS a0, value AS v1, state = 'approved' AS a1
    FROM new_rows WHERE value IS NOT NULL AND state IN {COUNTED}
"""
BOTH = f"""
    SELECT period_id, indicator_id, unit_id, category_id,
           max(v0) AS v0, bool_or(a0) AS a0, max(v1) AS v1, bool_or(a1) AS a1
    FROM ({OLD} UNION ALL {NEW}) AS both_rows
    GROUP BY period_id, indicator_id, unit_id, category_id
    HAVING max(v0) IS DISTINCT FROM max(v1) OR bool_or(a0) <> bool_or(a1)
"""
"""What an UPDATE changed of what counts: most columns, and drafts, change nothing."""

ABOVE = """
    JOIN directory_unit AS unit ON unit.id = moved.unit_id
    CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '/' FROM unit.path), '/')) AS step(unit_id)
"""
"""Every unit above the one that moved, and itself. By the key of a small table: the planner knows nothing of what a
statement changed, and must not be able to choose a way that grows with its square."""

PARTS = """
    SELECT version.indicator_id AS formula_id, part.leaf_id, part.clause, period.id AS period_id
    FROM (SELECT DISTINCT period_id FROM changed) AS one
    JOIN indicators_period AS period ON period.id = one.period_id
    JOIN indicators_indicatorversion AS version
      ON version.kind = 'formula' AND version.valid_from <= period.last
     AND (version.valid_to IS NULL OR version.valid_to >= period.last)
    JOIN indicators_part AS part ON part.version_id = version.id
    WHERE {of}
"""
"""What the formulas in force in each period ask for."""

ROLL = f"""
    parts AS MATERIALIZED ({PARTS}),
    touched AS MATERIALIZED (
        SELECT DISTINCT parts.formula_id, changed.period_id, changed.unit_id, changed.category_id
        FROM changed JOIN parts ON parts.leaf_id = changed.indicator_id AND parts.period_id = changed.period_id
    ),
    candidates AS (
        SELECT parts.formula_id, changed.period_id, changed.unit_id, changed.category_id, parts.leaf_id, parts.clause,
               true AS is_changed, v0, a0, v1, a1
        FROM changed JOIN parts ON parts.leaf_id = changed.indicator_id AND parts.period_id = changed.period_id
        UNION ALL
        SELECT touched.formula_id, touched.period_id, touched.unit_id, touched.category_id, parts.leaf_id, parts.clause,
               false, there.value, there.state = 'approved', there.value, there.state = 'approved'
        FROM touched
        JOIN parts ON parts.formula_id = touched.formula_id AND parts.period_id = touched.period_id
        LEFT JOIN indicators_observation AS there
          ON there.period_id = touched.period_id AND there.indicator_id = parts.leaf_id
         AND there.unit_id = touched.unit_id AND there.category_id = touched.category_id
         AND there.state IN {COUNTED}
    ),
    given AS (
        SELECT formula_id, period_id, unit_id, category_id, leaf_id, clause,
               max(v0) AS v0, bool_or(a0) AS a0, max(v1) AS v1, bool_or(a1) AS a1
        FROM (
            SELECT *, bool_or(is_changed) OVER (
                PARTITION BY formula_id, period_id, unit_id, category_id, leaf_id, clause
            ) AS has_changed FROM candidates
        ) AS both_ways
        WHERE is_changed = has_changed
        GROUP BY formula_id, period_id, unit_id, category_id, leaf_id, clause
    ),
    complete AS MATERIALIZED (
        SELECT formula_id, period_id, unit_id, category_id,
               count(DISTINCT clause) FILTER (WHERE v0 IS NOT NULL) = count(DISTINCT clause) AS ok0,
               count(DISTINCT clause) FILTER (WHERE v1 IS NOT NULL) = count(DISTINCT clause) AS ok1,
               bool_and(a0) FILTER (WHERE v0 IS NOT NULL) AS a0, bool_and(a1) FILTER (WHERE v1 IS NOT NULL) AS a1,
               array_agg(leaf_id) AS leaves, array_agg(v0) AS all0, array_agg(v1) AS all1
        FROM given GROUP BY formula_id, period_id, unit_id, category_id
    ),
    moved AS (
        SELECT period_id, unit_id, indicator_id, indicator_id AS of_id, category_id, v0, a0, v1, a1 FROM changed
        WHERE {{plain}}
        UNION ALL
        SELECT period_id, unit_id, formula_id, formula_id, category_id,
               CASE WHEN ok0 THEN 0 END, ok0 AND a0, CASE WHEN ok1 THEN 0 END, ok1 AND a1
        FROM complete
        UNION ALL
        SELECT DISTINCT period_id, unit_id, formula_id, leaf.id, category_id,
               CASE WHEN ok0 THEN leaf.v0 END, ok0 AND a0 AND leaf.v0 IS NOT NULL,
               CASE WHEN ok1 THEN leaf.v1 END, ok1 AND a1 AND leaf.v1 IS NOT NULL
        FROM complete, unnest(leaves, all0, all1) AS leaf(id, v0, v1)
    ),
    rolled AS (
        SELECT period_id, step.unit_id::bigint AS unit_id, indicator_id, of_id, category_id,
               sum(coalesce(v1, 0) - coalesce(v0, 0)) AS total,
               count(v1) - count(v0) AS units,
               count(*) FILTER (WHERE v1 > 0) - count(*) FILTER (WHERE v0 > 0) AS positive,
               count(*) FILTER (WHERE a1) - count(*) FILTER (WHERE a0) AS approved
        FROM moved {{above}}
        WHERE step.unit_id::bigint <> moved.unit_id
        GROUP BY period_id, step.unit_id, indicator_id, of_id, category_id
    )
    INSERT INTO indicators_rollup AS kept
        (period_id, unit_id, indicator_id, of_id, category_id, total, units, positive, approved)
    SELECT period_id, unit_id, indicator_id, of_id, category_id, total, units, positive, approved FROM rolled
    WHERE (total, units, positive, approved) IS DISTINCT FROM (0::numeric, 0::bigint, 0::bigint, 0::bigint)
    ORDER BY period_id, unit_id, indicator_id, of_id, category_id
    ON CONFLICT (period_id, unit_id, indicator_id, of_id, category_id) DO UPDATE SET
        total = kept.total + EXCLUDED.total, units = kept.units + EXCLUDED.units,
        positive = kept.positive + EXCLUDED.positive, approved = kept.approved + EXCLUDED.approved
"""


def rolling(changed: str, above: str = ABOVE, *, plain: str = "true", of: str = "true") -> str:
    """The statement that adds `changed` (keys, v0, a0 before and v1, a1 after) to the sums of the units `above`.

    `plain` and `of` are conditions: whether figures themselves are summed, and which formulas are.
    """
    return f"WITH changed AS MATERIALIZED ({changed}), {ROLL.format(plain=plain, of=of, above=above)}"


def recounting(*, only_formulas: bool) -> list[str]:
    """Statements that sum anew what was reported in the period `%(period)s`: all of it, or the formulas
    `%(formulas)s`."""
    there = f"""
        SELECT period_id, indicator_id, unit_id, category_id,
               NULL::numeric AS v0, false AS a0, value AS v1, state = 'approved' AS a1
        FROM indicators_observation WHERE period_id = %(period)s AND value IS NOT NULL AND state IN {COUNTED}
    """
    gone = "DELETE FROM indicators_rollup WHERE period_id = %(period)s"
    if not only_formulas:
        return [gone, rolling(there)]
    needed = """
        AND indicator_id IN (
            SELECT part.leaf_id FROM indicators_part AS part
            JOIN indicators_indicatorversion AS version ON version.id = part.version_id
            WHERE version.indicator_id = ANY(%(formulas)s)
        )
    """
    return [
        f"{gone} AND indicator_id = ANY(%(formulas)s)",
        rolling(there + needed, plain="false", of="version.indicator_id = ANY(%(formulas)s)"),
    ]


def after(changed: str, rows: str) -> str:
    """The body of a trigger. Writers of one period wait for each other: a share needs both its parts, and whoever
    writes the second must see the first."""
    return f"""
        PERFORM pg_advisory_xact_lock(hashtext('indicators_rollup'), one.period_id)
        FROM (SELECT DISTINCT period_id FROM {rows} ORDER BY period_id) AS one;
        {rolling(changed)};
        RETURN NULL;
    """


def tallying(rows: str) -> str:
    """The body of a trigger that adds `rows` (cycle_id, unit_id, sign, state, late) to the tallies above them."""
    return f"""
        INSERT INTO indicators_tally AS kept (cycle_id, unit_id, asked, submitted, approved, late)
        SELECT one.cycle_id, step::bigint, sum(sign),
               coalesce(sum(sign) FILTER (WHERE state = 'submitted'), 0),
               coalesce(sum(sign) FILTER (WHERE state = 'approved'), 0), coalesce(sum(sign) FILTER (WHERE late), 0)
        FROM ({rows}) AS one JOIN directory_unit AS unit ON unit.id = one.unit_id,
             unnest(string_to_array(trim(BOTH '/' FROM unit.path), '/')) AS step
        WHERE step::bigint <> unit.id
        GROUP BY one.cycle_id, step::bigint ORDER BY one.cycle_id, step::bigint
        ON CONFLICT (cycle_id, unit_id) DO UPDATE SET
            asked = kept.asked + EXCLUDED.asked, submitted = kept.submitted + EXCLUDED.submitted,
            approved = kept.approved + EXCLUDED.approved, late = kept.late + EXCLUDED.late;
        RETURN NULL;
    """


MINUS = "SELECT cycle_id, unit_id, -1 AS sign, state, late FROM old_rows"
PLUS = "SELECT cycle_id, unit_id, 1 AS sign, state, late FROM new_rows"

OWN = f"""
    SELECT there.period_id, there.indicator_id, there.unit_id, there.category_id,
           {{before}}, {{afterwards}}
    FROM indicators_period AS period CROSS JOIN indicators_indicator AS indicator
    JOIN indicators_observation AS there
      ON there.period_id = period.id AND there.indicator_id = indicator.id AND there.unit_id = NEW.id
    WHERE there.value IS NOT NULL AND there.state IN {COUNTED}
"""
_FIGURE, _APPROVED = "there.value", "there.state = 'approved'"
_NOTHING = "NULL::numeric AS v{n}, false AS a{n}"
LEAVING = OWN.format(before=f"{_FIGURE} AS v0, {_APPROVED} AS a0", afterwards=_NOTHING.format(n=1))
COMING = OWN.format(before=_NOTHING.format(n=0), afterwards=f"{_FIGURE} AS v1, {_APPROVED} AS a1")
STEPS = "SELECT step::bigint FROM unnest(string_to_array(trim(BOTH '/' FROM {path}), '/')) AS step"
UNIT_MOVED = f"""
CREATE OR REPLACE FUNCTION indicators_unit_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lost bigint[] := ARRAY({STEPS.format(path="OLD.path")} EXCEPT {STEPS.format(path="NEW.path")});
    won bigint[] := ARRAY({STEPS.format(path="NEW.path")} EXCEPT {STEPS.format(path="OLD.path")});
BEGIN
    {rolling(LEAVING, "CROSS JOIN LATERAL unnest(lost) AS step(unit_id)")};
    {rolling(COMING, "CROSS JOIN LATERAL unnest(won) AS step(unit_id)")};
    INSERT INTO indicators_rollup AS kept
        (period_id, unit_id, indicator_id, of_id, category_id, total, units, positive, approved)
    SELECT period_id, step.unit_id, indicator_id, of_id, category_id,
           sign * total, sign * units, sign * positive, sign * approved
    FROM indicators_rollup AS its,
         (SELECT unnest(lost) AS unit_id, -1 AS sign UNION ALL SELECT unnest(won), 1) AS step
    WHERE its.unit_id = NEW.id
    ON CONFLICT (period_id, unit_id, indicator_id, of_id, category_id) DO UPDATE SET
        total = kept.total + EXCLUDED.total, units = kept.units + EXCLUDED.units,
        positive = kept.positive + EXCLUDED.positive, approved = kept.approved + EXCLUDED.approved;
    INSERT INTO indicators_tally AS kept (cycle_id, unit_id, asked, submitted, approved, late)
    SELECT its.cycle_id, step.unit_id, sign * sum(its.asked), sign * sum(its.submitted), sign * sum(its.approved),
           sign * sum(its.late)
    FROM (SELECT cycle_id, asked, submitted, approved, late FROM indicators_tally WHERE unit_id = NEW.id
          UNION ALL SELECT cycle_id, 1, (state = 'submitted')::int, (state = 'approved')::int, late::int
                    FROM indicators_unitreport WHERE unit_id = NEW.id) AS its,
         (SELECT unnest(lost) AS unit_id, -1 AS sign UNION ALL SELECT unnest(won), 1) AS step
    GROUP BY its.cycle_id, step.unit_id, sign
    ON CONFLICT (cycle_id, unit_id) DO UPDATE SET
        asked = kept.asked + EXCLUDED.asked, submitted = kept.submitted + EXCLUDED.submitted,
        approved = kept.approved + EXCLUDED.approved, late = kept.late + EXCLUDED.late;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS indicators_unit_moved ON directory_unit;
CREATE TRIGGER indicators_unit_moved AFTER UPDATE OF parent_id ON directory_unit
    FOR EACH ROW WHEN (OLD.path IS DISTINCT FROM NEW.path) EXECUTE FUNCTION indicators_unit_moved();
"""
"""A unit that comes under another takes its sums along: those of the units below it are known, its own are read."""


def kept_by(name: str, *, new: str, changed: str, gone: str) -> list[pgtrigger.Trigger]:
    """Triggers that run once a statement, over all its rows: the bodies for what is new, changed and gone."""
    old_rows, new_rows = {"old": "old_rows"}, {"new": "new_rows"}
    return [
        pgtrigger.Trigger(
            name=f"{name}_{event}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**rows),  # type: ignore[no-untyped-call]
            func=body,
        )
        for event, operation, rows, body in (
            ("new", pgtrigger.Insert, new_rows, new),
            ("changed", pgtrigger.Update, old_rows | new_rows, changed),
            ("gone", pgtrigger.Delete, old_rows, gone),
        )
    ]
