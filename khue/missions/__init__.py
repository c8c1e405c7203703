"""Missions: order list, call, selection, contract, progress, money, acceptance, results and their use."""
