"""What is particular to each shell: its completion script, its quoting, and the files that a user's shell reads.

The scripts ask by `_LEDGER_COMPLETE=offer_<shell>` and hand the line over as arguments. What comes back are lines of a
value, and after a tab its description; bash, which inserts what it is given, gets values quoted. No script evaluates
any of it.
"""
