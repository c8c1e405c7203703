"""What everything stands on, without tables: clock, working calendar, money, refusals, actors, page components."""
