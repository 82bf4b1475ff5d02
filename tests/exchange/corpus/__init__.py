"""Rosters as different offices really make them, each with the people that were put into it."""
