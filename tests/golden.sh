#!/bin/sh
# golden.sh MAILDIAG CASE: compares the report on CASE.facts with CASE.text and CASE.json, and
# with CASE.csv where there is one.
#
# CASE.args holds the words after `maildiag check --offline --replay CASE.facts`, separated by
# blanks (default: example.com); CASE.command names another command than check.  Second
# opinions are those on file, if any: nobody is asked.  With UPDATE=1 the reports on file are
# rewritten: read the difference before you commit it, and check it against the standard.
set -uf
maildiag=$1
name=$(basename "$2")
cd "$(dirname "$2")" || exit
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT

args=example.com command=check
[ -f "$name.args" ] && args=$(cat "$name.args")
[ -f "$name.command" ] && command=$(cat "$name.command")
formats='text json' csv=
if [ -f "$name.csv" ]; then
	formats="$formats csv" csv="--output csv=$dir/$name.csv"
fi
# shellcheck disable=SC2086 # the words of the file
LC_ALL=C.UTF-8 COLUMNS=96 "$maildiag" "$command" --no-second-opinion --offline --replay "$name.facts" --color never \
	--output "json=$dir/json" $csv $args >"$dir/$name.text"
echo "exit $?" >>"$dir/$name.text"
# The moment of the test and the program's version are not what is tested.
sed -e 's/^  "time": .*/  "time": "1970-01-01T00:00:00Z",/' \
	-e 's/^    "version": .*/    "version": "0"/' "$dir/json" >"$dir/$name.json"

for format in $formats; do
	[ -n "${UPDATE:-}" ] && cp "$dir/$name.$format" "$name.$format"
	diff -u "$name.$format" "$dir/$name.$format" || failed=1
done
exit "${failed:-0}"
