# Completion of ledger in fish. What is offered is kept in a variable, whose elements fish takes and quotes as they are.
function __ledger_offers
    set -l token (commandline -ct)
    set -g __ledger_offered (env _LEDGER_COMPLETE=offer_fish ledger (commandline -opc) "$token" 2>/dev/null)
    test -n "$__ledger_offered"
end

complete --command ledger --keep-order --no-files --condition __ledger_offers --arguments '$__ledger_offered'
