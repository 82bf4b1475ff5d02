"""How the tables became what they are: one numbered script for each step."""

HEAD = 1
