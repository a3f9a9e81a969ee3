#!/bin/bash
# --format csv: a heading and a line a domain, which spreadsheets cannot take for anything else.
# shellcheck disable=SC1091,SC2034,SC2154 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

# One heading, whatever the number of domains; columns are the same whatever is checked.
mx --format csv example.com example.net example.org null.example
exits 1
err_empty
[ "$(grep -c '^domain,verdict,complete,' out)" -eq 1 ] && [ "$(wc -l <out)" -eq 5 ] || fail 'not a heading and 4 lines'
head -n 1 out >heading
run check --only spf --offline --format csv example.com
head -n 1 out | cmp -s - heading || fail 'other columns with --only spf'
grep -q '^example\.com,unknown,no,0,0,0,spf,' out || fail 'what is unknown is not told'

# Beside another report, and not for messages.
mx --output csv=domains.csv example.com
exits 0
[ "$(wc -l <domains.csv)" -eq 2 ] || fail 'no csv beside the text'
run message --offline --format csv x.eml; complains 2 'csv'
run message --offline --output csv=x x.eml; complains 2 'maildiag check'
run spf --offline --format csv example.com; complains 2 'csv'

mkdir seen

# Names that are formulas, separators and quotes; each keeps its meaning, and its cell.
cat >formula.facts <<'END'
{"fact":"dns","name":"y.example","type":"MX","rdata":["5 -mail.example.","7 =cmd\\|calc.example.","9 a\\;\\=b\\,\\\"c\\009d.example.","0 ."]}
{"fact":"dns","name":"y.example","type":"ANY","rcode":"NXDOMAIN"}
{"fact":"dns","name":"-x.example","type":"MX","rdata":["5 +1.example."]}
{"fact":"dns","name":"-x.example","type":"ANY","rcode":"NXDOMAIN"}
END
run check --offline --replay formula.facts --only mx --output csv=seen/formula.csv --output jsonl=seen/formula.jsonl -- -x.example y.example
[ "$(sed -n '2s/,.*//p' seen/formula.csv)" = '\045x.example' ] || fail 'a domain that begins with a hyphen'
grep -q ',1,\\0431\.example,' seen/formula.csv || fail 'a host that begins with a plus sign'
grep -q ',3,\\045mail\.example \\061cmd\\124calc\.example a\\059\\061b\\044\\034c\\009d\.example,' seen/formula.csv ||
	fail 'hosts of all kinds'

# Python reads it; the program's own JSON says the same; no cell is dangerous.
cases=$source/tests/cases
run check --offline --replay "$source/tests/cli/hostile.facts" \
	--output csv=seen/hostile.csv --output jsonl=seen/hostile.jsonl hostile.example slow.example
(cd "$cases" && grep -l -r --include='*.case' '^check ') | sort >list
while read -r file; do
	case=${file%.case} stem=$work/seen/${file//\//-}
	"$source/tests/case.sh" "$maildiag" "$case" --output "csv=$stem.csv" --output "jsonl=$stem.jsonl" \
		>out 2>err </dev/null
	[ -s "$stem.csv" ] || fail "no table of $case"
done <list
/usr/bin/python3 "$source/tests/cli/csv_check.py" seen >out 2>err || fail 'table and reports'

done_testing
