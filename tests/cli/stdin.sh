#!/bin/bash
# --stdin: one domain a line; a bad line is told by its number, and the rest goes on.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

bulk() {
	what="maildiag check --stdin $*"
	"$maildiag" check --stdin --only mx --offline --replay "$source/tests/cli/mx.facts" \
		--format jsonl "$@" <in >out 2>err
	status=$?
}
lines() { [ "$(wc -l <out)" -eq "$1" ] || fail "not $1 reports"; }

printf '# some domains\nexample.com\n\n  example.net  # bad\r\nexample.org' >in
bulk; exits 0; err_empty; lines 3
bulk --jobs 1; exits 0; lines 3
bulk null.example; exits 0; lines 4
bulk --fail-on never; exits 4; lines 3
bulk --fail-on fail; exits 1; lines 3

# What other systems write: a byte order mark, CRLF, a final dot, capitals, U-labels.
printf '\357\273\277example.com\r\nEXAMPLE.net.\r\nb\303\274cher.example\r\n\r\n#\r\n' >in
bulk; exits 0; err_empty; lines 3
for name in example.com example.net xn--bcher-kva.example; do out_has "\"name\":\"$name\","; done

printf 'example.com\nno domain\nexample.net\nb..c\n' >in
bulk; exits 3; lines 2
err_has 'line 2: "no domain"'
err_has 'line 4: "b..c"'

{ printf 'example.com\n'; head -c 5000 /dev/zero | tr '\0' a; printf '\nexample.net\n'; } >in
bulk; exits 3; lines 2; err_has 'line 2: too long'
[ "$(wc -l <err)" -eq 1 ] || fail 'more than one line about one line'

# Of many bad lines the first are told, then how many more there were; the rest goes on.
{ for i in $(seq 30); do echo "bad..$i"; done; echo example.com; } >in
bulk; exits 3; lines 1; err_has 'line 20: '; err_has 'standard input: 10 more lines name no domain'
[ "$(wc -l <err)" -eq 21 ] || fail 'not 21 lines on stderr'

printf 'example.com\0.evil.example\n' >in
bulk; exits 3; lines 0; err_has 'line 1: .*NUL'

: >in
bulk; exits 0; err_empty; out_empty

# Lines are examined as they come: the first report is there before the second domain.
mkfifo pipe
"$maildiag" check --stdin --only mx --offline --replay "$source/tests/cli/mx.facts" --format jsonl \
	<pipe >out 2>err &
exec 3>pipe
echo example.com >&3
for _ in $(seq 100); do [ -s out ] && break; sleep 0.05; done
lines 1
echo example.net >&3
exec 3>&-
wait $!; status=$?; exits 0; lines 2

# Third parties are asked about one domain, not about a list, unless they are named.
if "$maildiag" list | grep -q '^dnsbl:'; then
	echo example.com >in
	"$maildiag" check --stdin --offline --format jsonl <in >out 2>err
	out_lacks '"name":"dnsbl"'
	"$maildiag" check --stdin --offline --format jsonl --only dnsbl <in >out 2>err
	out_has '"name":"dnsbl"'
	run check --offline --format jsonl example.com; out_has '"name":"dnsbl"'
	run check --offline --format jsonl example.com example.net; out_lacks '"name":"dnsbl"'
fi

done_testing
