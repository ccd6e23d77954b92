# Completion of ledger in bash 4 and later. What is offered comes quoted from the program and is evaluated nowhere.
((BASH_VERSINFO[0] >= 4)) || return 0

_ledger_completion() {
    local IFS= program=${1/#\~\//"$HOME"/}
    mapfile -t COMPREPLY < <(
        _LEDGER_COMPLETE=offer_bash "$program" "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" "$2" "$COMP_TYPE" 2>/dev/null
    )
}

complete -o default -F _ledger_completion ledger
