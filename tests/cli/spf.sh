#!/bin/bash
# maildiag spf: who is asked about, exit statuses, lists of addresses, flattening.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

# spf WORD...: offline, from the facts of a domain that needs 14 lookups.
spf() {
	run spf --offline --replay "$source/tests/cases/spf-command/tree.facts" "$@"
}

run spf; complains 2 'which domain'
run spf --ip 192.0.2.1; complains 2 'which domain'
run spf a.example b.example; complains 2 'one domain at a time'
run spf example..com; complains 2 'empty label'
run spf example.com --ip 192.0.2.300; complains 2 'no IP address'
run spf example.com --only spf; complains 2 'no option --only'
run spf example.com --max-lookups 0; complains 2 'no whole number'
run spf example.com --ip 192.0.2.1 --ip 192.0.2.2 --format json; complains 2 'use jsonl'
run spf example.com --ip - --format json; complains 2 'use jsonl'
run spf example.com --flatten --format json; complains 2 'zone-file lines'
run spf example.com --flatten --ip 192.0.2.1; complains 2 'zone-file lines'
run spf example.com --offline --resolver nonsense; complains 2 'nonsense'

# The sender names the domain; a malformed one evaluates to "none" (RFC 7208 4.3).
spf --mail-from ann@example.com --ip 192.0.2.10; exits 1; out_has '^pass: 192.0.2.10 may send'
spf --mail-from '<ann@example.com>' --ip 192.0.2.10; out_has '^pass: '
spf --helo example.com --ip 192.0.2.10; out_has '^pass: '
spf --mail-from '<>' --helo example.com --ip 192.0.2.10; out_has '^pass: '
spf example.com --mail-from '<>' --ip 192.0.2.10; exits 1; out_has '^none: '
for sender in 'ann@' 'ann@[192.0.2.1]' 'ann@exa mple.com' 'ann@a..b' 'ann@localhost' '@'; do
	run spf --offline --mail-from "$sender" --ip 192.0.2.1; exits 0; err_empty; out_has '^none: '
	run spf --offline --mail-from "$sender" --ip 192.0.2.1 --format json
	exits 0; out_has '^  "result": "none"'; out_has '"rule": "spf.eval-ip"'
done

run spf --offline --helo '' --ip 192.0.2.1; exits 0; out_has 'none for no domain: '

# Statuses: findings, nothing, what cannot be known.
spf example.com; exits 1; out_has '14 of 10 lookups'
spf example.com --max-lookups 14 --max-voids 3 --ip 192.0.2.10; exits 0
spf example.com --spf 'v=spf1 ip4:192.0.2.0/24 ~all' --ip 192.0.2.1; exits 0; out_has '^pass'
spf example.com --spf 'v=spf1 ip4:192.0.2.0/24 ~all' --ip 192.0.3.1; exits 1; out_has '^softfail'
spf example.com --spf 'v=spf1 ipv4:192.0.2.0/24 ~all' --ip 192.0.2.1; exits 1; out_has '^permerror'
spf example.com --spf 'v=spf2 ~all'; exits 1; out_has 'no SPF record'
run spf example.com --offline --ip 192.0.2.1; exits 4; out_has '^temperror'
spf -q example.com --ip 192.0.2.10; [ "$(wc -l <out)" -eq 1 ] || fail '-q prints more than the result'

# Who may send, in the first line.
sends() {
	spf example.com --spf "$1"
	tr -s '\n ' ' ' <out | grep -q "void; $2\." || fail "not: $2"
}
sends 'v=spf1 -all' 'nobody may send'
sends 'v=spf1 ip4:192.0.2.1 +all' 'everybody may send'
sends 'v=spf1 +ip4:192.0.2.1 ip6:2001:db8::/63 -all' '1 IPv4 address and 2 IPv6 networks (/64) may send'
sends 'v=spf1 ip6:::/0 -all' 'all of IPv6 may send'
sends 'v=spf1 exists:%{i}.example.net -all' 'who may send depends on the message'
sends 'v=spf1 include:nowhere.example.net -all' 'who may send could not be looked up'
sends 'v=spf1 ip4:192.0.2.1 a:nowhere.example.net -all' \
	'1 IPv4 address may send, and more that could not be looked up'

# The documents: what the contract names is there.
spf example.com --format json
for key in result explanation lookups void_lookups trace tree; do out_has "^  \"$key\": "; done
out_has '^  "lookups": 14'
spf example.com --ip 203.0.113.64 --format json; exits 1; out_has '^  "result": "permerror"'
out_has '"why": "more than 10 terms'

# Lists of addresses.
list() {
	what="maildiag spf --ip - $*"
	"$maildiag" spf --offline --replay "$source/tests/cases/spf-command/tree.facts" \
		example.com --ip - "$@" >out 2>err
	status=$?
}
printf '192.0.2.10\n# a comment\n\n 203.0.113.64 # another\n2001:db8::1\n' >addresses
list --format jsonl <addresses; exits 1; err_empty
[ "$(wc -l <out)" -eq 3 ] || fail 'not a line for each address'
sed -n 1p out | grep -q '"ips":\["192.0.2.10"\].*"result":"pass"' || fail 'line 1'
sed -n 2p out | grep -q '"ips":\["203.0.113.64"\].*"result":"permerror"' || fail 'line 2'
list <addresses; exits 1; [ "$(grep -c '^[a-z]*: ' out)" -eq 3 ] || fail 'not three results'
printf '192.0.2.10\n192.0.2.300\nmail.example.com\n' >addresses
for format in text jsonl; do
	list --format $format <addresses; exits 3
	err_has 'line 2: "192.0.2.300" is no IP address'; err_has 'line 3: '
	out_has '192.0.2.10'
done
list --format jsonl </dev/null; exits 0; out_empty

# Flattening, or why not.
spf example.com --flatten; exits 0; err_empty
out_has '^example.com. IN TXT "v=spf1 ip4:192.0.2.10 ip4:192.0.2.80 ip4:198.51.100.0/25 '
out_has '^; Flattened on 2023-11-14'; out_has '^; Warning: '
spf example.com --flatten --spf 'v=spf1 ip4:192.0.2.1 ip4:192.0.2.0 ~all'; exits 0
out_has '"v=spf1 ip4:192.0.2.0/31 ~all"'; out_lacks 'Warning'
spf example.com --flatten --spf 'v=spf1 exp=a\b"c.example.net -all'; exits 0
out_has '"v=spf1 exp=a\\\\b\\"c.example.net -all"'
# a record that is only tried has no plan: the one that is published stays
spf example.com --spf 'v=spf1 a:x\y.example.com ip4:10.0.0.1 -all'
out_lacks 'What to publish'
spf example.com --flatten --spf 'v=spf1 exists:%{i}.example.net -all'; complains 1 'depends on the message'
spf example.com --flatten --spf 'v=spf1 include:nowhere.example.net -all'; complains 3 'could not be looked up'
spf example.com --flatten --spf 'v=spf1 -ip4:192.0.2.1 ip4:192.0.2.0/24 -all'; complains 1 'place counts'

done_testing
