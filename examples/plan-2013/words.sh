#!/bin/sh
# The same plan as it was written: no column of dates, only the words of 完成时限, the year and the stages' dates.
set -eu
here=$(dirname "$0")
export LEDGER_TODAY=2013-03-19
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
export LEDGER_DB="${LEDGER_DB:-$scratch/ledger.db}"
[ -t 1 ] || export COLUMNS="${COLUMNS:-100}"

show() {
    printf '\n$ ledger %s\n' "$*"
    ledger "$@" --format table
}

# Without 开始日期 and 截止日期, the second and third columns from the right; no cell from there on holds a comma.
sed -E 's/,[^,]*,[^,]*(,[^,]*)$/\1/' "$here/plan.csv" > "$scratch/words.csv"

ledger init --name 学创台账
ledger config stage 推进实施 --start 2013年3月初 --end 2013年11月底
ledger config stage 全程 --start 2013年3月初 --end 2013年12月底
ledger import "$scratch/words.csv" --on 2013-02-01 --year 2013
show series list
show series preview 1
show week
