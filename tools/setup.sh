#!/usr/bin/env bash
# Make the virtual environment and install Tanhe with its development tools: setup.sh PYTHON VENV BIN
set -euo pipefail
wanted=$1 venv=$2 bin=$3

recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

if ! [ -x "$bin/python" ]; then
  python=
  for candidate in "$wanted" python3 python3.14 python3.13 python3.12 python3.11 python; do
    if recent "$candidate"; then python=$candidate; break; fi
  done
  if [ -z "$python" ]; then
    found=$("$wanted" --version 2>&1 || true)
    echo "需要 Python 3.11 或更高版本（现有：${found:-无}）；可用 make PYTHON=/path/to/python3.11 指定。" >&2
    echo "Python 3.11 or later is needed (found: ${found:-none}); name one with make PYTHON=/path/to/python3.11" >&2
    exit 2
  fi
  if ! "$python" -m venv "$venv"; then
    rm -rf "$venv"
    echo "无法建立虚拟环境；Debian/Ubuntu 请先安装 python3-venv。" >&2
    echo "No virtual environment could be made; on Debian/Ubuntu install python3-venv first." >&2
    exit 2
  fi
elif ! recent "$bin/python"; then
  echo "$venv 中的 Python 低于 3.11；请删除该文件夹后重试。 $venv holds a Python older than 3.11: delete it and try again." >&2
  exit 2
fi

install=(-c constraints.txt -e ".[dev]")
"$bin/python" -m pip install --quiet --disable-pip-version-check uv >/dev/null 2>&1 || true
if "$bin/python" -m uv --version >/dev/null 2>&1 &&
  "$bin/python" -m uv pip install --quiet --python "$bin/python" "${install[@]}"; then
  exit 0
fi
exec "$bin/python" -m pip install --quiet --disable-pip-version-check "${install[@]}"
