#!/usr/bin/env bash
# Install the software we compare with into its own environment (.venv-bench), measure it, and print one table.
# OpenFisca is AGPL: it stays in that environment and is never imported by Tanhe.
set -euo pipefail
cd "$(dirname "$0")/.."
peers=.venv-bench
python=$([ -x .venv/bin/python ] && echo .venv/bin/python || echo .venv/Scripts/python)
[ -d "$peers" ] || "$python" -m venv "$peers"
echo '*' >"$peers/.gitignore"
theirs=$([ -x "$peers/bin/python" ] && echo "$peers/bin/python" || echo "$peers/Scripts/python")
"$theirs" -m pip install --quiet --disable-pip-version-check \
  "openfisca-core>=46,<47" "openfisca-country-template>=8,<9" "atomic6ghg==1.1.1" \
  "polars>=2.1,<3" "pandas>=3.1,<4" "numpy>=2.4,<3" "pandera[pandas]>=0.35,<0.36" "great_expectations>=1.24,<2"
mkdir -p out/bench
"$theirs" bench/peers.py --folder out/bench "$@" >out/bench/peers.json
"$python" bench/run.py --peers out/bench/peers.json "$@"
