#!/usr/bin/env bash
# Rebuild client/vendor/ from the pinned packages of scripts/vendor/. Two runs give the same bytes.
#   scripts/vendor_client.sh           rebuild
#   scripts/vendor_client.sh --check   rebuild aside; exit 1 when client/vendor/ differs
#   scripts/vendor_client.sh --lock    take the packages anew and rewrite the lock file (after a change of package.json)
set -euo pipefail
cd "$(dirname "$0")/vendor"
target=../../client/vendor
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

if [ "${1:-}" = --lock ]; then
  rm -rf package-lock.json node_modules
  npm install --package-lock-only --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved
fi
npm ci --no-audit --no-fund --loglevel=error

npx esbuild entries/preact.js --bundle --format=esm --minify --target=es2022 --legal-comments=none \
  --log-level=warning --outfile="$out/preact.js"
npx esbuild entries/uplot.js --bundle --format=esm --minify --target=es2022 --legal-comments=none \
  --log-level=warning --outfile="$out/uplot.js"
cp node_modules/uplot/dist/uPlot.min.css "$out/uplot.css"
node entries/sprite.mjs node_modules/lucide-static "$out/icons.svg"
bundle_of() {
  case $1 in lucide-static) echo icons.svg ;; uplot) echo "uplot.js, uplot.css" ;; *) echo preact.js ;; esac
}
{
  echo "Licences of what client/vendor/ holds."
  for package in preact @preact/signals @preact/signals-core htm lucide-static uplot; do
    version=$(node -p "require('./node_modules/$package/package.json').version")
    printf '\n--- %s %s -> %s\n\n' "$package" "$version" "$(bundle_of $package)"
    cat "node_modules/$package/LICENSE"
  done
} > "$out/LICENSES.txt"

if [ "${1:-}" = --check ]; then
  for file in preact.js uplot.js uplot.css icons.svg LICENSES.txt; do cmp "$out/$file" "$target/$file"; done
  echo "client/vendor is fresh"
else
  mkdir -p "$target" && cp "$out"/* "$target"/
  (cd "$target" && wc -c preact.js uplot.js uplot.css icons.svg)
fi
