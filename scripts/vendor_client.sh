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

for bundle in preact codemirror uplot; do
  npx esbuild "entries/$bundle.js" --bundle --format=esm --minify --target=es2022 --legal-comments=none \
    --log-level=warning --outfile="$out/$bundle.js"
done
cp node_modules/uplot/dist/uPlot.min.css "$out/uplot.css"
# Each package that a bundle holds, with what it brings along.
packages_of() {
  npx esbuild "entries/$1.js" --bundle --format=esm --target=es2022 --log-level=error --metafile="$out/meta.json" \
    --outfile=/dev/null
  node -p 'const names = Object.keys(JSON.parse(require("fs").readFileSync(process.argv[1])).inputs)
    .map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]); [...new Set(names)].filter(Boolean).sort().join("\n")' "$out/meta.json"
  rm "$out/meta.json"
}
node entries/sprite.mjs node_modules/lucide-static "$out/icons.svg"
{
  echo "Licences of what client/vendor/ holds."
  for file in preact.js codemirror.js uplot.js icons.svg; do
    for package in $([ $file = icons.svg ] && echo lucide-static || packages_of "${file%.js}"); do
      version=$(node -p "require('./node_modules/$package/package.json').version")
      printf '\n--- %s %s -> %s\n\n' "$package" "$version" "$([ $file = uplot.js ] && echo "uplot.js, uplot.css" || echo $file)"
      cat "node_modules/$package/LICENSE"
    done
  done
} > "$out/LICENSES.txt"

if [ "${1:-}" = --check ]; then
  for file in preact.js codemirror.js uplot.js uplot.css icons.svg LICENSES.txt; do cmp "$out/$file" "$target/$file"; done
  echo "client/vendor is fresh"
else
  mkdir -p "$target" && cp "$out"/* "$target"/
  (cd "$target" && wc -c preact.js codemirror.js uplot.js uplot.css icons.svg)
fi
