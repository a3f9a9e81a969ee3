#!/bin/sh
# golden.sh MAILDIAG CASE: runs tests/cases/CASE.case on its facts, and compares the report with
# CASE.text and CASE.json, and with CASE.csv where there is one.
#
# case.sh says how a case is run.  With UPDATE=1 the reports on file are rewritten: read the
# difference before you commit it, and check it against the standard.
set -uf
maildiag=$1
case=$2
tests=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT

formats='text json' csv=
if [ -f "$tests/cases/$case.csv" ]; then
	formats="$formats csv" csv="--output csv=$dir/csv"
fi
# shellcheck disable=SC2086 # no word, or two
COLUMNS=96 "$tests/case.sh" "$maildiag" "$case" --color never --output "json=$dir/written" $csv >"$dir/text"
status=$?
[ $status -ne 99 ] || exit 1 # it has said why the case is not in order
echo "exit $status" >>"$dir/text"
# The moment of the test and the program's version are not what is tested.
sed -e 's/^  "time": .*/  "time": "1970-01-01T00:00:00Z",/' \
	-e 's/^    "version": .*/    "version": "0"/' "$dir/written" >"$dir/json"

cd "$tests/cases" || exit
for format in $formats; do
	[ -n "${UPDATE:-}" ] && cp "$dir/$format" "$case.$format"
	diff -u "$case.$format" "$dir/$format" || failed=1
done
exit "${failed:-0}"
