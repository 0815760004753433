# Shared by the scripts of this folder; sourced, not run.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
jobs=$(nproc)

say() { printf '%s\n' "$*" >&2; }

# need GROUP...: installs the packages of tools/packages.txt that are missing.
need() {
  local group package missing=()
  for group in "$@"; do
    while read -r package; do
      dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done < <(awk -v group="$group" '$1 == group { print $2 }' tools/packages.txt)
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! command -v apt-get >/dev/null; then
    say "These Debian packages (or your system's own of the same libraries) are needed: ${missing[*]}"
    exit 1
  fi
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "Please install as root, then run this again: apt-get install --no-install-recommends ${missing[*]}"
      exit 1
    fi
    as_root=(sudo)
  fi
  say "Installing: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# build PRESET [target...]: configures once, then builds what changed.
build() {
  local preset=$1
  shift
  # A build folder that remembers another source folder (a moved or copied checkout) is made anew.
  local cache=build/$preset/CMakeCache.txt
  if [ -f "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then rm -rf "build/$preset"; fi
  cmake --preset "$preset" >"/tmp/plexarium-configure-$$.log" 2>&1 || { cat "/tmp/plexarium-configure-$$.log" >&2; exit 1; }
  rm -f "/tmp/plexarium-configure-$$.log"
  cmake --build "build/$preset" -j "$jobs" ${1:+--target "$@"}
}
