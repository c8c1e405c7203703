"""Who should sit on which council: experts to seats under conflicts, loads, roles and quotas.

Pure: no Django and no database. `problem` holds what is asked and what is answered, `reading` checks a problem given
as JSON, `solving.solve` proposes members, `solving.cost_of` tells what a change by hand costs, `faults.faults` checks
seats that people chose. OR-tools is imported only when something is solved.
"""
