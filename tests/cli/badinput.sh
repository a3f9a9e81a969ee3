#!/bin/bash
# Bad input: one clear line on stderr, the right status, nothing half-written.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

label=$(printf 'a%.0s' {1..64})
long=$(printf 'aaaaaaaaa.%.0s' {1..26})example
run "$label.example"; complains 2 'longer than 63'
run "$long"; complains 2 'longer than 253'
run example..com; complains 2 'empty label'
run .example.com; complains 2 'empty label'
run check ''; complains 2 'an empty name'
run check 192.0.2.1; complains 2 'maildiag --ip 192.0.2.1'
run check 2001:db8::1; complains 2 '--ip 2001:db8::1'
run 192.0.2.1; complains 2 '--ip 192.0.2.1'
run https://www.example.com/contact; complains 2 'did you mean www.example.com'
run user@example.com; complains 2 'did you mean example.com'
run user@; complains 2 'not a domain name: only letters'
run 'exa mple.com'; complains 2 'blank'
run "$(printf 'a\033[31m.com')"; complains 2 '\\027'
run example.com 'b..c'; complains 2 'empty label'
run example.com --ip 192.0.2.300; complains 2 'no IP address'
run example.com --ip mail.example.com; complains 2 'no IP address'
run example.com --offline --selector "$label"; complains 2 'selector'
run example.com --offline --selector 'a..b'; complains 2 'selector'
run example.com --offline --mail-from 'user@b..c'; complains 2 'empty label'

run example.com --offline --replay no-such.facts; complains 3 'no-such.facts'
printf '{"fact":"run"}\n{"fact":\n' >bad.facts
run example.com --offline --replay bad.facts; complains 3 'bad.facts:2: '
printf '{"fact":"dns","name":"%0100000d","type":"A","rcode":"NXDOMAIN"}\n' 0 >huge.facts
run example.com --offline --replay huge.facts; complains 3 'huge.facts:1: .* is no domain name'
[ "$(wc -c <err)" -lt 1000 ] || fail "a message without end"
run example.com --offline --mail-from "$(printf '%01001d' 0)"; complains 2 'longer than 1000'
run example.com --offline --zone no-such.zone; complains 3 'no-such.zone'
printf '$ORIGIN example.com.\n@ 300 IN MX ten mx\n' >bad.zone
run example.com --offline --zone bad.zone; complains 3 'bad.zone:2: '
run example.com --offline --data no-such-dir; complains 3 'no-such-dir'
run example.com --resolver nonsense; complains 2 'nonsense'
run example.com --resolver 192.0.2.1:99999; complains 2 '99999'

# Nothing is written when it does not come to a report.
for words in '--replay bad.facts' '--zone bad.zone'; do
	# shellcheck disable=SC2086
	run example.com --offline $words --output report.txt --record seen.facts
	complains 3 bad
done
run example.com --offline --selector 'a..b' --output report.txt --record seen.facts
[ "$(echo report* seen*)" = 'report* seen*' ] || fail "left behind: $(echo report* seen*)"

done_testing
