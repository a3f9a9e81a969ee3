#!/bin/bash
# Usage: help, version, options in any place, and what cannot be understood.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

run; exits 2; out_empty; err_has '^usage: maildiag'
run --version; exits 0; err_empty; out_has '^maildiag [0-9]'
for words in --help -h 'check --help' 'explain --help' 'list --help' 'completion --help'; do
	# shellcheck disable=SC2086
	run $words; exits 0; err_empty; out_has '^usage: maildiag'
	[ -z "$(awk 'length > 80' out)" ] || fail 'a line is longer than 80'
done

# Options may follow operands, and take their value either way.
mx -q example.com; exits 0
mx example.com -q; exits 0
mx --format=jsonl example.com; exits 0; out_has '"schema":"maildiag-report/1"'
mx example.com --format jsonl; exits 0; out_has '"schema":"maildiag-report/1"'
mx -q -- example.com; exits 0
mx -qv example.com; exits 0
[ "$(wc -l <out)" -eq 1 ] || fail '-q prints more than the verdict'

run check; complains 2 'which domain'
run check --; complains 2 'which domain'
run example.com --formt json; complains 2 'did you mean --format'
run example.com --no-such-thing; complains 2 'no option --no-such-thing'
run example.com -x; complains 2 'no option -x'
run example.com --format html; complains 2 'no format "html"'
run example.com --format jsn; complains 2 'did you mean "json"'
run example.com --format; complains 2 'needs a value'
run example.com --offline=yes; complains 2 'takes no value'
run example.com --timeout soon; complains 2 'no number of seconds'
run example.com --timeout 0; complains 2 'no number of seconds'
run example.com --timeout nan; complains 2 'no number of seconds'
run example.com --tries 0; complains 2 'no whole number'
run example.com --jobs -1; complains 2 'no whole number'
run example.com --fail-on error; complains 2 'no value "error"'
run example.com --color sometimes; complains 2 'no value "sometimes"'
run example.com --only mxx; complains 2 'did you mean "mx"'
run example.com --only ,; complains 2 'no check ""'
run example.com --skip ''; complains 2 'name of a check'
run example.com --only mx --skip mx; complains 2 'no check to run'
run example.com --ignore mx.nonne; complains 2 'did you mean "mx.none"'
run example.com example.net --format json; complains 2 'jsonl'
run check --stdin --format json; complains 2 'jsonl'
run example.com example.net --output json=x.json; complains 2 'jsonl'
run explain no.such.rule; complains 2 'no rule'
run explain mx.nonne; complains 2 'did you mean "mx.none"'
run list mx; complains 2 'explain'
run list --format yaml; complains 2 'no format'
run list --resolver 192.0.2.1; complains 2 'no option --resolver'
run completion; complains 2 'which shell'
run completion tcsh; complains 2 'which shell'

# The first word: a command, or a domain; never a question to the DNS about a file or a typo.
run chekc example.com; complains 2 'did you mean "check"'
run localhost; complains 2 'maildiag check localhost'
run sfp example.com; complains 2 'did you mean "spf"'
run --offline check example.com; complains 2 'the command comes first'
touch example.com
run example.com; complains 2 'is a file'
mx example.com; exits 0

done_testing
