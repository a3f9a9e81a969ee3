#!/bin/bash
# What CI systems are told: each format by its own rules, and hostile records stay text in all.
# shellcheck disable=SC1091,SC2034,SC2154 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

cases=$source/tests/cases
schema=

# The published schema, where npm can fetch it; else the rules that formats.py has must do.
fetch_schema() {
	command -v npm >/dev/null || return 0
	timeout 30 npm pack --silent --fetch-retries=0 --fetch-timeout=15000 \
		--cache "$work/npm" @microsoft/jest-sarif@1.0.0-beta.0 >/dev/null 2>&1 || return 0
	tar xzf microsoft-jest-sarif-1.0.0-beta.0.tgz package/lib/schemas &&
		schema=$(echo "$work"/package/lib/schemas/sarif-2.1.0*.json)
}

# formats STEM WORD...: a run with a report in each format, all held against their rules.
formats() {
	local stem=$1 format
	shift
	run "$@" --output "jsonl=$stem.jsonl" --output "markdown=$stem.markdown" \
		--output "github=$stem.github" --output "junit=$stem.junit" \
		--output "sarif=$stem.sarif" --output "gitlab=$stem.gitlab" --output "tap=$stem.tap"
	[ "$status" -le 4 ] && [ "$status" -ne 2 ] && [ "$status" -ne 3 ] || fail "exit $status"
	err_empty
	/usr/bin/python3 "$source/tests/cli/formats.py" "$stem" $schema >out 2>err || fail 'a format'
	prove -e cat "$stem.tap" >out 2>err
	proven=$?
	[ "$proven" -eq $((status == 1)) ] || fail "exit $status, but prove says $proven"
	out_lacks 'Parse errors'
}

fetch_schema
echo "schema: ${schema:-none; our own rules}"

# Records of an enemy; a domain of which nothing can be known; nothing wrong; ignored findings.
enemy="check --offline --replay $source/tests/cli/hostile.facts"
# shellcheck disable=SC2086
{
	formats enemy $enemy hostile.example
	grep -q '^### maildiag: hostile.example: fail$' enemy.markdown || fail 'the heading'
	formats unknown $enemy slow.example
	[ "$status" -eq 4 ] || fail "exit $status where nothing is known"
	grep -q '"results": \[\]' unknown.sarif || fail 'what is unknown became an alert'
	formats two $enemy --jobs 2 slow.example hostile.example
	formats ignored $enemy --ignore spf.syntax --ignore dmarc.syntax hostile.example
	! grep -q spf.syntax ignored.github ignored.gitlab ignored.sarif || fail 'what is ignored is told'
	formats never $enemy --fail-on never hostile.example
}
formats good check --only mx --offline --replay "$source/tests/cli/mx.facts" example.com

# Messages: one, and several whatever the number of threads.
formats one message --offline "$cases/message/from-twice.eml"
formats many message --offline --jobs 4 "$cases"/message/*.eml "$cases"/message/*/*.eml "$cases"/dkim-sig/*.eml
for format in markdown github junit sarif gitlab tap; do
	run message --offline --jobs 1 --format "$format" "$cases"/message/*.eml "$cases"/message/*/*.eml "$cases"/dkim-sig/*.eml
	cmp -s out "many.$format" || fail "$format is another with one thread"
done

# A change: what is new, fixed and as before, in a file with a name of its own.
mkdir zones
cat >base <<'ZONE'
$ORIGIN hostile.example.
$TTL 3600
@ IN SOA ns1 hostmaster 1 7200 3600 1209600 300
@ IN NS ns1
ns1 IN A 192.0.2.53
@ IN MX 10 mx
mx IN A 192.0.2.25
www IN A 192.0.2.80
@ IN TXT "v=spf1 mx ~all"
_dmarc IN TXT "v=DMARC1; p=none"
ZONE
sed -e 's/ 1 7200/ 2 7200/' -e 's/p=none/p=reject/' -e 's/ mx ~all/ include:a|b <i> ::error::x @team `c` ]]> {0} [x](y) %0A -all/' \
	base >'zones/a, b|c:d`.zone'
formats change gate --all --offline --base base --zone './zones/a, b|c:d`.zone' hostile.example
exits 1
grep -q '^::error file=zones/a%2C b|c%3Ad`.zone,line=9,title=' change.github || fail 'no place'
grep -q '"uri": "zones/a,%20b%7Cc%3Ad%60.zone"' change.sarif || fail 'no URI'
sed -e 's/ 1 7200/ 2 7200/' -e 's/^www .*/www IN A 192.0.2.81/' base >harmless
formats harmless gate --offline --base base --zone harmless hostile.example
exits 0
[ ! -s harmless.github ] || fail 'noise'

# The same fault keeps its fingerprint, and two faults never share one.
formats again check --offline --replay "$source/tests/cli/hostile.facts" hostile.example
for format in gitlab sarif; do
	cmp -s <(grep -i -A2 finger "enemy.$format") <(grep -i -A2 finger "again.$format") ||
		fail "$format: other fingerprints in the next run"
done

done_testing
