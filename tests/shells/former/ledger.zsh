#compdef ledger

_ledger_completion() {
  eval $(env _TYPER_COMPLETE_ARGS="${words[1,$CURRENT]}" _LEDGER_COMPLETE=complete_zsh ledger)
}

compdef _ledger_completion ledger
