#!/bin/bash
# maildiag gate: what must stop a change, by which rule and at which line; what must not; how it ends.
# shellcheck disable=SC1091,SC2034,SC2154 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

gate() { run gate --offline --base base.zone "$@"; }

# change SED-SCRIPT...: zone is base.zone so changed, with its serial raised.
change() { sed -e 's/hostmaster 1 /hostmaster 2 /' "$@" base.zone >zone; }

# stops RULE TEXT: exit 1, the rule, and the line of the proposal that has the text.
stops() {
	local line=''

	exits 1
	[ -n "$2" ] && line=":$(grep -n -F -e "$2" zone | tail -n 1 | cut -d: -f1)"
	grep -A1 -F "[$1]" out | grep -q -F "zone$line: " || fail "no $1 at zone$line"
	head -n 1 out | grep -q '^STOP: ' || fail 'does not begin with STOP'
}

cat >base.zone <<'ZONE'
$ORIGIN example.com.
$TTL 300
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
@ NS ns1
@ NS ns2
@ MX 10 mail
@ TXT "v=spf1 mx include:i1 include:i2 include:i3 include:i4 include:i5 include:i6 include:i7 include:i8 include:news.example.com -all"
news TXT "v=spf1 ip4:203.0.113.7 -all"
ns1 A 192.0.2.1
ns2 A 192.0.2.2
mail A 192.0.2.10
www A 192.0.2.80
_dmarc TXT "v=DMARC1; p=reject; rua=mailto:d@example.com"
ZONE
for i in 1 2 3 4 5 6 7 8 9; do
	sed -i "s/include:i$i /include:i$i.example.com /" base.zone
	echo "i$i TXT \"v=spf1 ip4:192.0.2.10$i -all\"" >>base.zone
done
"$maildiag" keygen --domain example.com --selector s1 --out key >>base.zone 2>err
sed -i 's/^s1._domainkey.example.com. /s1._domainkey.example.com. 300 /' base.zone

# The list of what must stop.
cat >.maildiag.yaml <<'YAML'
domains: [example.com]
selectors: [s1]
senders:
  - name: newsletter
    domain: example.com
    ip: 203.0.113.7
YAML
change -e 's/include:news.example.com //'; gate --zone zone
stops zone.sender-loses-spf 'v=spf1 mx'
out_has '203.0.113.7 (newsletter): pass -> fail'
tr '\n' ' ' <out | tr -s ' ' | grep -q 'because include:news.example.com was removed' || fail 'no reason'
change -e 's/include:news/include:i9.example.com &/'; gate --zone zone
stops spf.lookup-limit 'v=spf1 mx'
change; echo '@ TXT "v=spf1 mx -all"' >>zone; gate --zone zone
stops spf.multiple '@ TXT "v=spf1 mx -all"'
change -e '/_domainkey/d'; gate --zone zone
exits 1; out_has '\[zone.selector-in-use-removed\]'
change -e 's/p=reject/p=rejct/'; gate --zone zone
stops dmarc.syntax 'p=rejct'
change -e 's/^mail A.*/mail CNAME www/'; gate --zone zone
stops mx.target-cname '@ MX 10 mail'

# What must not: no noise either.
change -e 's/^www A.*/www A 192.0.2.81/'; gate --zone zone
exits 0; err_empty
[ "$(wc -l <out)" -eq 1 ] || fail 'noise about a harmless change'
out_has '^go ahead: nothing new is wrong with mail of example.com and 10 more$'

# A fault of old is not new; --all tells of it.
gate --zone zone --all; exits 0; out_has '(unchanged)'

# Trials without a file; removal.
run gate --offline --base base.zone --set 'example.com TXT v=spf1 mx ~all' --only spf,zone; exits 1
out_has '\[zone.txt-unquoted\]'
run gate --offline --base base.zone --set 'example.com TXT "v=spf1 mx ~all"' --only spf,zone
exits 1; out_has '\[zone.sender-loses-spf\]'
gate --unset '_dmarc.example.com TXT'; exits 1; out_has '\[zone.record-removed\]'; out_has '.-unset: '

# What cannot be looked up is no failure, unless that is wished.
change -e 's/include:news/include:unheard.example.net &/; s/include:i8.example.com //'
gate --only spf --zone zone
exits 4; out_has 'unheard.example.net'
gate --only spf --zone zone --fail-on-unknown; exits 1

# A resolver that is dead is never a failure.
change -e 's/^www A.*/www A 192.0.2.81/'
run gate --resolver 127.0.0.1:9 --tries 1 --query-timeout 0.2 --timeout 2 --base base.zone --zone zone
[ "$status" -eq 0 ] || [ "$status" -eq 4 ] || fail "exit $status for a DNS outage"

run gate --resolver 127.0.0.1:9 --tries 1 --query-timeout 0.2 --timeout 2 --zone zone
exits 4
run gate --resolver 127.0.0.1:9 --tries 1 --query-timeout 0.2 --timeout 2 --zone zone --only spf,zone
exits 4; out_has 'what is there now is not known'

# Several bases and zones in one run; the name of a file, or =ORIGIN, tells the zone.
sed '/^\$ORIGIN/d' base.zone >example.com.zone
change -e '/^\$ORIGIN/d' -e '/^_dmarc/d'; mkdir -p zones/example.com; mv zone zones/example.com/all
run gate --offline --base example.com.zone --zone zones/example.com/all --only zone,dmarc
exits 1; out_has 'zones/example.com/all: TXT _dmarc.example.com was'
run gate --offline --base example.com.zone=example.org --zone zones/example.com/all=example.org --only zone,dmarc example.org
exits 1; out_has 'TXT _dmarc.example.org was'
run gate --offline --base base.zone --zone base.zone --zone example.com.zone --only zone
exits 1; out_has 'a second zone example.com: base.zone is one already'
run gate --offline --base base.zone --zone base.zone --zone base.zone --only zone; exits 0

# Nothing outside the folder, or outside --root, is read; what the shell opens may be.
mkdir -p outside inside; cp base.zone outside/; ln -s ../outside/base.zone inside/linked.zone
gate --zone inside/linked.zone; exits 3; out_has 'inside/linked.zone: leads out of '
gate --zone inside/linked.zone --root . --only zone; exits 0
mkfifo inside/pipe.zone; gate --zone inside/pipe.zone; exits 3; out_has 'no regular file'
change -e '/^_dmarc/d'
"$maildiag" gate --offline --base base.zone --zone /dev/stdin --only zone <zone >out 2>err; status=$?
exits 1; out_has '/dev/stdin: TXT _dmarc.example.com was'
echo 'messages: [../outside/m.eml]' >inside/settings.yaml; echo 'From: a@example.com' >outside/m.eml
gate --zone zone --config inside/settings.yaml; exits 3; err_has 'leads out of'

# What was passed over is named, and is no news when the base has it, too.
{ cat base.zone; echo 'x FOO bar'; } >foo.base; change; echo 'x FOO bar' >>zone
run gate --offline --base base.zone --zone zone --only zone; exits 4; out_has 'FOO of x.example.com: not judged'
run gate --offline --base foo.base --zone zone --only zone; exits 0

# What cannot be read is told with its line, in every format, and ends with 3.
change; echo 'x A 300.1.1.1' >>zone; lines=$(wc -l <zone)
gate --zone zone --output github=g --output junit=j --output sarif=s
exits 3; out_has "zone:$lines: "
grep -q "file=zone,line=$lines" g || fail 'no annotation'
gate --zone missing; complains 3 'missing: No such file'

# Usage.
run gate; complains 2 'what is proposed'
run gate --set nonsense; exits 2
gate --zone zone --format yaml; exits 2
gate --zone zone --config missing.yaml; exits 3; err_has 'missing.yaml'

# All formats at once; JSON by its schema.
change -e 's/include:news.example.com //' -e 's/p=reject/p=rejct/'
gate --zone zone --format json --output text=t --output jsonl=l --output markdown=m --output github=g \
	--output junit=j --output sarif=s --output gitlab=q --output tap=p
exits 1
for file in t l m g j s q p; do [ -s $file ] || fail "$file is empty"; done
grep -q '^::error file=zone,line=7,' g || fail 'no annotation at zone:7'
grep -q '^STOP: ' t || fail 'no text'
cp out json
what='the JSON Schema of the gate'
/usr/bin/python3 - "$source" json l >out 2>err <<'PYTHON' || fail 'the report does not follow it'
import json, sys
import jsonschema

with open(sys.argv[1] + "/docs/maildiag-gate-1.schema.json") as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
for path in sys.argv[2:]:
    with open(path) as file:
        report = json.load(file)
    jsonschema.Draft7Validator(schema).validate(report)
    assert report["outcome"] == "stop"
    assert any(row["rule"] == "zone.sender-loses-spf" and row["line"] == 7 for row in report["rows"])
PYTHON

what='what is not judged has a rule in the formats for machines'
run gate --base "$source/tests/gate/base.zone" --zone "$source/tests/gate/not-judged.tf.json" example.com \
	--offline --config /dev/null --format json
exits 4
grep -q '"zone.not-judged"' out || fail 'no row of its rule'

done_testing
