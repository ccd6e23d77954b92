#!/bin/sh
# The office's plan of 2013 as a ledger, seen on 19 March 2013. The ledger is kept only if LEDGER_DB names it.
set -eu
here=$(dirname "$0")
export LEDGER_TODAY=2013-03-19
if [ -z "${LEDGER_DB:-}" ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    trap 'exit 130' INT TERM
    export LEDGER_DB="$scratch/ledger.db"
fi
[ -t 1 ] || export COLUMNS="${COLUMNS:-100}"

show() {
    printf '\n$ ledger %s\n' "$*"
    ledger "$@" --format table
}

ledger init --name 学创台账
ledger import "$here/plan.csv" --on 2013-02-01
ledger batch "$here/closings.jsonl"
show week 2013-W12
show month
show quarter
show overdue
