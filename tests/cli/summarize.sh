#!/bin/bash
# maildiag summarize: counts that were made by hand, bad lines, names to ask for again.
# shellcheck disable=SC1091,SC2034,SC2154 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

# report NAME VERDICT COMPLETE PROVIDERS CHECKS: a line; report with little else in it.
report() {
	printf '{"schema":"maildiag-report/1","subject":{"kind":"domain","name":"%s"%s},"summary":{"verdict":"%s","complete":%s},"checks":[%s],"dns":{"facts":[{"name":"x","rdata":["\\"]}"]}]}}\n' \
		"$1" "$4" "$2" "$3" "$5"
}

# finding RULE SEVERITY MORE; gap KIND WHY MORE; check FINDINGS GAPS
finding() { printf '{"rule":"%s","severity":"%s","title":"Title of %s"%s}' "$1" "$2" "$1" "$3"; }
gap() { printf '{"fact":"MX x","why":"%s","kind":"%s"%s}' "$2" "$1" "$3"; }
check() { printf '{"name":"x","findings":[%s],"gaps":[%s]}' "$1" "${2-}"; }

one=',"providers":{"mx":["One"],"spf":["One","Two"]}'
two=',"providers":{"mx":[],"spf":["Two"]}'
none=',"providers":{"mx":[],"spf":[]}'
null=',"providers":{"mx":null,"spf":null}'
{
	report a.com fail true "$one" "$(check "$(finding dmarc.missing fail ''),$(finding dmarc.missing fail '')"),$(check "$(finding spf.missing fail '')")"
	report b.fr warn true "$none" "$(check "$(finding dmarc.missing warn ''),$(finding spf.missing fail ',"ignored":true')" "$(gap limit 'offline, and not in the files given' '')")"
	report c.com unknown false "$null" "$(check '' "$(gap inconclusive 'no answer from 192.0.2.53 within 2 s' '')"),$(check '' "$(gap inconclusive 'no answer from 192.0.2.54 within 3 s (4 tries); SERVFAIL from 192.0.2.53' ''),$(gap inconclusive 'SERVFAIL from 192.0.2.53 (EDE 22)' ',"rule":"dns.servfail","title":"Lookups fail"')")"
	report d.xn--p1ai pass true '' "$(check "$(finding mx.null-ok pass '')")"
	report e.fr fail false "$two" "$(check "$(finding spf.missing fail '')" "$(gap inconclusive 'it is \u001b[2J\\033 broken by example.org' '')")"
	report a.com fail true "$one" "$(check "$(finding dmarc.missing fail '')")"
} >all.jsonl

cat >expected <<'END'
6 domains

  Domains    Share  Verdict
        3   50.0 %  FAIL  failures
        1   16.7 %  ?     unknown: no failure, but not all is known
        1   16.7 %  warn  warnings
        0        -  info  only remarks
        1   16.7 %  pass  nothing to remark

  Domains    Share  Failures
        2   33.3 %  dmarc.missing  Title of dmarc.missing
        2   33.3 %  spf.missing    Title of spf.missing

  Domains    Share  Warnings
        1   16.7 %  dmarc.missing  Title of dmarc.missing

  Domains    Share     FAIL     warn        ?  Mail provider (or several)
        3   50.0 %  100.0 %        -        -  Two
        2   33.3 %  100.0 %        -        -  One
        1   16.7 %        -  100.0 %        -  none that is known
        2   33.3 %        -        -   50.0 %  could not be known

  Domains    Share     FAIL     warn        ?  Top-level domain
        3   50.0 %   66.7 %        -   33.3 %  .com
        2   33.3 %   50.0 %   50.0 %        -  .fr
        1   16.7 %        -        -        -  .xn--p1ai

  Domains    Share  Why something could not be known
        1   16.7 %  SERVFAIL
        1   16.7 %  it is ... broken by ...
        1   16.7 %  no answer

2 reports are not complete: a server failed. To name their domains:
  maildiag summarize --domains incomplete FILE...
END
run summarize all.jsonl
exits 0
err_empty
diff -u expected out || fail 'another text'
"$maildiag" summarize - <all.jsonl | diff -u expected - || fail 'standard input as -'
"$maildiag" summarize <all.jsonl | diff -u expected - || fail 'standard input'

run summarize -v all.jsonl
exits 0
out_has 'providers: One 2, Two 2$'
out_has 'TLDs: com 1, fr 1$'
out_has '^  Domains    Share  What is right$'
out_has '1   16.7 %  dns.servfail  Lookups fail$'
out_has '1   16.7 %  offline, and not in the files given$'

run summarize --format json all.jsonl
exits 0
cp out summary.json
/usr/bin/python3 "$source/tests/cli/summary_check.py" summary.json all.jsonl >out 2>err || fail 'counted otherwise'

# Which domains: by rule (of a finding that counts, or that explains a gap), verdict, incomplete.
# names WHICH NAME...
names() {
	local which=$1
	shift
	run summarize --domains "$which" all.jsonl
	exits 0
	err_empty
	[ "$(tr '\n' ' ' <out)" = "$* " ] || fail "not $*"
}
names dmarc.missing a.com b.fr a.com
names spf.missing a.com e.fr
names dns.servfail c.com
names fail a.com e.fr a.com
names unknown c.com
names pass d.xn--p1ai
names incomplete c.com e.fr
run summarize --domains spf.missin all.jsonl; complains 2 'did you mean "spf.missing"'
run summarize --domains incomplet all.jsonl; complains 2 'did you mean "incomplete"'
run summarize --domains mx.none all.jsonl; exits 0; out_empty; err_empty

# What is named can be asked for again.
"$maildiag" summarize --domains incomplete all.jsonl |
	"$maildiag" check --stdin --offline --only mx --format jsonl >again.jsonl
[ "$(wc -l <again.jsonl)" -eq 2 ] || fail 'asked again for others'

# Bad lines are told with file and number, and nothing else is lost.
{
	printf '\n  \r\n'
	head -n 1 all.jsonl
	head -n 2 all.jsonl | tail -n 1 | cut -c 1-300
	printf 'domain,verdict,complete\n'
	printf '{"schema":"maildiag-gate/1"}\n'
	report 'a b' pass true '' ''
	report $'\e[2J' pass true '' ''
	printf '{"schema":"maildiag-report/1","subject":{"kind":"domain","name":"x.com"}}\n'
	printf '{"schema":"maildiag-report/1","subject":{"kind":"message","name":"x.eml"},"summary":{"verdict":"pass","complete":true},"checks":[]}\n'
	head -c 17000000 /dev/zero | tr '\0' 'x'
	echo
	report . pass true '' ''
	sed -n 2p all.jsonl | tr -d '\n'
} >bad.jsonl
run summarize all.jsonl bad.jsonl no-such.jsonl
exits 3
out_has '^8 domains$'
err_has '^maildiag: bad.jsonl:4: torn: it ends within a report$'
err_has '^maildiag: bad.jsonl:5: csv: it is JSON lines that can be summarized'
err_has '^maildiag: bad.jsonl:6: no report: its "schema" is not "maildiag-report/1"$'
err_has '^maildiag: bad.jsonl:7: no report of a domain: "name" is no domain name$'
err_has '^maildiag: bad.jsonl:8: no JSON report'
err_has '^maildiag: bad.jsonl:9: no whole report'
err_has '^maildiag: bad.jsonl:11: longer than 16 MiB: passed over$'
err_has '^maildiag: bad.jsonl:12: no report of a domain'
err_has '^maildiag: 1 report of a message is not counted'
err_has '^maildiag: cannot read no-such.jsonl: No such file'
[ "$(wc -l <err)" -eq 10 ] || fail 'other messages'
run summarize --domains pass bad.jsonl
exits 3
out_empty

# A line of 10 MB that would take much more memory.
{
	printf '{"schema":"maildiag-report/1","subject":{"kind":"domain","name":"a.com"},"summary":{"verdict":"pass","complete":true},"checks":[{"gaps":['
	yes '{},' | head -n 2500000 | tr -d '\n'
	printf '{}]}]}\n'
} >things.jsonl
run summarize things.jsonl
exits 3
err_has '^maildiag: things.jsonl:1: no report: it lists more than 10000 things$'

yes x | head -n 1000 >many.jsonl
run summarize many.jsonl
exits 3
[ "$(wc -l <err)" -eq 21 ] || fail 'not 20 complaints and a count'
err_has '^maildiag: 1000 lines are no reports'

# Nothing, and no file; nobody who reads; nowhere to write to.
: >empty.jsonl
run summarize empty.jsonl; exits 0; err_empty
[ "$(cat out)" = '0 domains' ] || fail 'of nothing'
run summarize --format csv all.jsonl; complains 2 'csv'
run summarize .; exits 3; err_has 'cannot read .: Is a directory'
for _ in $(seq 2000); do cat all.jsonl; done >long.jsonl
"$maildiag" summarize --domains fail long.jsonl 2>err | head -n 1 >out
[ "${PIPESTATUS[0]}" -eq 0 ] && [ "$(cat out)" = a.com ] && [ ! -s err ] || fail 'a closed pipe'
if [ -c /dev/full ]; then
	"$maildiag" summarize all.jsonl >/dev/full 2>err
	[ $? -eq 3 ] && grep -q 'cannot write' err || fail 'a full disk'
fi

# As many names as a hostile file has: bounded, told, and the sums are right.
awk 'BEGIN {
	for (i = 0; i < 5000; i++)
		printf "{\"schema\":\"maildiag-report/1\",\"subject\":{\"kind\":\"domain\",\"name\":\"a.t%d\",\"providers\":{\"mx\":[\"p%d\"],\"spf\":[]}},\"summary\":{\"verdict\":\"fail\",\"complete\":true},\"checks\":[{\"findings\":[{\"rule\":\"r%d\",\"severity\":\"fail\",\"title\":\"t\"}],\"gaps\":[]}]}\n", i, i, i
}' >hostile.jsonl
run summarize --format json hostile.jsonl
exits 0
/usr/bin/python3 - out >sums 2>err <<'PYTHON' || fail 'sums'
import json, sys
s = json.load(open(sys.argv[1]))
for key in ("rules", "providers", "tlds"):
    assert sum(row["domains"] for row in s[key]) + s["others"][key] == s["domains"] == 5000, key
    assert s["others"][key] > 0
PYTHON
run summarize hostile.jsonl
out_has 'more different names than are told apart'

# Reports of the cases on file, counted again by other means.
for file in "$source"/tests/cases/{dmarc,mx}/*.case; do
	case=${file#"$source/tests/cases/"}
	"$source/tests/case.sh" "$maildiag" "${case%.case}" --format jsonl 2>&1
done >cases.jsonl
run summarize --format json cases.jsonl
exits 0
cp out summary.json
/usr/bin/python3 "$source/tests/cli/summary_check.py" summary.json cases.jsonl >out 2>err || fail 'cases'

what='the JSON Schema'
/usr/bin/python3 - "$source/docs/maildiag-summary-1.schema.json" summary.json >out 2>err <<'PYTHON' || fail 'is not followed'
import json, sys
import jsonschema
with open(sys.argv[1]) as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
with open(sys.argv[2]) as file:
    jsonschema.Draft7Validator(schema).validate(json.load(file))
PYTHON

done_testing
