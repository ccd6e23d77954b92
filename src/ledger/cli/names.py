"""How the program and its environment variables are called."""

PROGRAM = "ledger"
COMPLETE = "_LEDGER_COMPLETE"  # set by the completion scripts
TRACEBACK = "LEDGER_TRACEBACK"
