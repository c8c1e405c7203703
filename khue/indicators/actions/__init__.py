"""Every write of the app: definitions, periods, cycles, reports, figures."""
