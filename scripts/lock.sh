#!/usr/bin/env bash
# Lock what is installed, for all supported Python versions at once, with a hash for every file.
# Needs uv. Options are passed on, for example: scripts/lock.sh --upgrade
set -euo pipefail
cd "$(dirname "$0")/.."

lock() {
    uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@" >/dev/null
}

lock --output-file requirements.lock "$@"
lock --extra test --constraints requirements.lock --output-file requirements-test.lock "$@"
