"""The longest texts, in characters: what is recorded is held to them, and so is a journal that comes from elsewhere."""

LIMITS = {
    "title": 500,
    "unit": 100,
    "owner": 100,
    "leader": 100,
    "activity": 200,
    "stage": 100,
    "source": 500,
    "measure": 2000,
}
"""The longest text of each field of a task."""

NOTE_LIMIT = 5000
DUE_LIMIT = 100
CODE_LIMIT = 60

MOST_COUNTED = 10_000
"""The most that one count towards a quota may bring."""
