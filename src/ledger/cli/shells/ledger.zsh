#compdef ledger
# Completion of ledger in zsh. What is offered goes to compadd as data: it quotes what it inserts and evaluates nothing.

_ledger() {
    local -a offers values shown
    local offer value widest=0
    offers=("${(@f)$(
        _LEDGER_COMPLETE=offer_zsh ledger "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null
    )}")
    if [[ -z $offers[1] ]]; then
        _files
        return
    fi
    values=("${(@)offers%%$'\t'*}")
    if [[ "$offers" != *$'\t'* ]]; then
        compadd -V ledger -a values
        return
    fi
    for value in "${(@)values}"; do
        ((${(m)#value} > widest)) && widest=${(m)#value}
    done
    for offer in "${(@)offers}"; do
        shown+=("${(mr:widest:)offer%%$'\t'*}  ${${(M)offer%%$'\t'*}#$'\t'}")
    done
    compadd -V ledger -l -d shown -a values
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _ledger "$@"
else
    compdef _ledger ledger
fi
