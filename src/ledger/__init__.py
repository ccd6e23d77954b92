"""A task ledger for Chinese offices: 周工作清单销号制 on the command line."""

__version__ = "0.1.0"
