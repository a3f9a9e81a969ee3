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

# Names of files that are empty, missing, of the wrong kind, or kept from us.
base=$source/tests/gate/base.zone
mkdir dir; : >empty; head -c 4096 /dev/urandom >binary; printf '\0\0\0' >nul
for words in '--zone=' '--replay=' '--data=' '--record=' '--output=' '--stdin --resume='; do
	# shellcheck disable=SC2086
	run check --offline $words example.com; complains 2 'needs a file'
done
run message --offline ''; complains 2 'empty name: is a variable not set'
run ''; complains 2 'empty name: is a variable not set'
run message --offline empty; complains 3 'empty: it is empty'
run message --offline nul; complains 3 'nul: it holds no header field'
run message --offline dir; complains 3 'dir: a folder, but no Maildir'
run check --offline --zone dir example.com; complains 3 'dir: Is a directory'
run check --offline --zone nul example.com; complains 3 'nul:1: a NUL octet'
run sign --key /dev/full --domain example.com --selector s empty; complains 3 'larger than 64 KiB'
run check --offline --replay nul example.com; complains 3 'nul:1: no JSON'
run check --stdin --offline --format jsonl --resume nul; complains 3 'nul is no output of maildiag check'
run check --stdin --offline --format jsonl --output dir; complains 3 'dir: Is a directory'
run gate --offline --base "$base" --zone dir; complains 3 'dir: Is a directory'
run gate --offline --base dir --zone "$base"; complains 3 'dir: no regular file'
run gate --offline --base "$base" --zone "$base" --root no-such; complains 3 '--root no-such: No such file'
run gate --offline --base "$base" --zone "$base" --root empty; complains 3 '--root empty: Not a directory'
run gate --offline --base "$base" --zone "$base" --config nul; complains 3 'nul:'
run gate --offline --base "$base" --zone "$base=a..b"; complains 2 'origin: "a..b" is not a domain name'
run gate --offline --base "$base" --zone "$base" --origin a..b; complains 2 'origin: "a..b" is not a domain name'
run gate --offline --base "$base" --set 'a..b MX 10 mx.example.'; complains 2 'begin with a NAME'
run keygen --domain a..b --selector s --out new.key; complains 2 '^maildiag: --domain: "a..b" is not a domain name'
run keygen --domain example.com --selector s --out empty; complains 3 'no key is ever overwritten'
run sign --key binary --domain example.com --selector s empty; complains 3 'no private key'
: >kept; chmod 0 kept
kept_from_us=()
[ "$(id -u)" -ne 0 ] || kept_from_us=(setpriv --bounding-set '-dac_override,-dac_read_search')
for words in 'message --offline kept' 'check --offline --zone kept example.com' \
	'check --offline --record kept/x example.com' "gate --offline --base $base --zone kept" \
	'sign --key kept --domain example.com --selector s empty'; do
	what="maildiag $words"
	# shellcheck disable=SC2086
	"${kept_from_us[@]}" "$maildiag" $words >out 2>err </dev/null; status=$?
	complains 3 'kept.*: \(Permission denied\|Not a directory\)'
done

# Values that cannot be meant.
run check --offline --selector 's1 s2' example.com; complains 2 '--selector: "s1 s2" is no selector'
run check --offline --selector s1,s2 example.com; complains 2 '--selector: "s1,s2" is no selector'
run check --offline --mail-from 'user@' example.com; complains 2 '"user@" has no domain'
run check --offline --ignore mx.none@ example.com; complains 2 'Nothing stands behind the @'
run check --offline "$(printf '\342\200\256.example')"; complains 2 '\\226\\128\\174.example" is not a domain name'
run check --offline "$(printf '\377.example')"; complains 2 '\\255.example" is not a domain name'
run check --stdin --shard 0/2; complains 2 'no part of a whole'
run check --offline --resolver '[::1' example.com; complains 2 'is no ADDRESS'
printf 'example..com\n' | "$maildiag" check --stdin --offline --format jsonl >out 2>err; status=$?
what='check --stdin, a bad line'; complains 3 'standard input, line 1: "example..com" is not'
"$maildiag" check --stdin --offline <dir >out 2>err; status=$?
what='check --stdin, a folder'; complains 3 'cannot read standard input: Is a directory'
[ ! -e new.key ] || fail 'a key is left'

# Nothing is written when it does not come to a report.
for words in '--replay bad.facts' '--zone bad.zone'; do
	# shellcheck disable=SC2086
	run example.com --offline $words --output report.txt --record seen.facts
	complains 3 bad
done
run example.com --offline --selector 'a..b' --output report.txt --record seen.facts
[ "$(echo report* seen*)" = 'report* seen*' ] || fail "left behind: $(echo report* seen*)"

done_testing
