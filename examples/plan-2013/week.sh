#!/bin/sh
# The week of README.zh-CN.md, from Monday 18 to Friday 22 March 2013, into the ledger that LEDGER_DB names: the chapters
# of docs/zh begin where it ends.
set -eu
here=$(dirname "$0")
: "${LEDGER_DB:?请先写明台账:export LEDGER_DB=学创台账.db}"
export LEDGER_ACTOR="${LEDGER_ACTOR:-张三}"

on() {
    day=$1
    shift
    LEDGER_TODAY=2013-03-$day ledger "$@"
}

week() {
    on 18 init --name 学创台账 &&
        on 18 import "$here"/plan.csv --on 2013-02-01 &&
        on 18 add 起草一季度阶段性小结 --unit 综合组 --owner 李四 --due 3月22日 --with 宣传组 --with 督导组 &&
        on 19 close 12 13 --note 会议已召开,纪要已印发 &&
        on 19 note 14 分工方案已报领导小组审定 --progress 80 &&
        on 20 extend 17 --due 3月29日 --reason 两个单位尚未反馈意见 &&
        on 20 note 16 两个牵头单位职责有交叉,请领导小组明确 --problem &&
        on 21 close 18 &&
        on 21 undo --reason 应为15号 &&
        on 21 close 15 --note 通知已印发 &&
        on 22 close 2013-001 --note 小结已报送
}

if [ -e "$LEDGER_DB" ]; then
    echo "$LEDGER_DB 已经有了:接着上一章做过的,先把它改名或删去,再备一本" >&2
    exit 1
fi
told=$(week 2>&1) || {
    printf '%s\n' "$told" >&2
    exit 1
}
echo "$LEDGER_DB 已备好:账记到2013年3月22日(周五)"
