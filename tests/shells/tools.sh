#!/bin/sh
# The shells that make test-shells tries completion in, and tmux, in which it combs; by their Debian packages.
# "check" says what is missing, and fails; "install" installs that, and nothing else.
set -eu

packages=
for shell in bash zsh fish tmux; do
    command -v "$shell" >/dev/null || packages="$packages $shell"
done
[ -n "$packages" ] || exit 0
if [ "$1" = check ]; then
    echo "test-shells needs$packages: run make shells-tools" >&2
    exit 1
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "shells-tools installs with apt-get as root; elsewhere install by hand:$packages" >&2
    exit 1
fi
apt-get update -q
# shellcheck disable=SC2086 # a list of names
DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $packages
