#!/bin/sh
# The programs that make test-docs opens documents with, by their Debian packages.
# "check" says what is missing, and fails; "install" installs that, and nothing else.
set -eu

missing() {
    programs=$(dirname "$(readlink -f "$(command -v soffice)")")
    [ -e "$programs/libsclo.so" ] || echo libreoffice-calc-nogui
    [ -e "$programs/libswlo.so" ] || echo libreoffice-writer-nogui
    command -v pdftoppm >/dev/null || echo poppler-utils
    command -v chromium >/dev/null || echo chromium
    fc-list :lang=zh-cn 2>/dev/null | grep -q Noto || echo fonts-noto-cjk
}

packages=$(missing | tr '\n' ' ')
[ -n "$packages" ] || exit 0
if [ "$1" = check ]; then
    echo "test-docs needs $packages: run make docs-tools" >&2
    exit 1
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "docs-tools installs with apt-get as root; elsewhere install by hand: $packages" >&2
    exit 1
fi
apt-get update -q
# shellcheck disable=SC2086 # a list of names
DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $packages
