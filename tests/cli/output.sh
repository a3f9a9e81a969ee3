#!/bin/bash
# Where reports go: stdout, pipes that close, full disks, files written whole or not at all.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

# --output FILE moves the report, --output FORMAT=FILE adds one.
mx example.com --output report.txt; exits 0; out_empty
grep -q '^pass' report.txt || fail 'no report in the file'
mx example.com --output json=report.json --output jsonl=report.jsonl; exits 0; out_has '^pass'
grep -q '"schema": "maildiag-report/1"' report.json || fail 'no JSON in the file'
[ "$(wc -l <report.jsonl)" -eq 1 ] || fail 'jsonl is not one line'
mx example.com --format json --output=report.json; exits 0; out_empty
mx example.com --output jsonl=-; exits 0; out_lacks '^pass'; out_has '^{'
mx example.com --output ./a=b; exits 0; out_empty
[ -s ./a=b ] || fail 'a path with an equals sign'
mx example.com --output a=b; complains 2 'no format "a"'
mx example.com --output json=; complains 2 'needs a file'

# A file keeps its mode, a link its target, and nothing is left beside them.
echo old >kept; chmod 640 kept; ln -s kept link
mx example.com --output link; exits 0
[ "$(stat -c %a kept)" = 640 ] || fail 'the mode has changed'
[ -L link ] || fail 'the link was replaced'
grep -q '^pass' kept || fail 'the target was not written'
[ -z "$(find . -name '*.??????' -newer link ! -name 'report.*')" ] || fail 'a staged file is left'

# What cannot be written is trouble, and the old file stays.
mx example.com --output no/such/dir/report; complains 3 'no/such/dir'
mkdir dir; mx example.com --output dir; complains 3 'dir'
mx example.com --output /dev/full; exits 3; err_has 'No space left'
mx example.com --output jsonl=/dev/full; exits 3; err_has 'No space left'
echo old >old; mx example.com --output old --output jsonl=/dev/full; exits 3
[ "$(cat old)" = old ] || fail 'the old file was replaced in spite of trouble'

# Recording: the same facts give the same report.
mx example.com --record seen.facts --output first.txt; exits 0
run check --only mx --offline --replay seen.facts --output second.txt example.com; exits 0
cmp -s first.txt second.txt || fail 'the recorded facts give another report'
mx example.com --record no/such/dir; complains 3 'no/such'
mx example.com --record /dev/full; exits 3; err_has 'No space left'
mx example.com example.net --record seen.facts; complains 2 'one domain'

# stdout: full is trouble, a closed pipe ends quietly, closed from the start is trouble.
for words in '--version' '--help' 'list' 'explain' 'completion bash' \
	"check --only mx --offline --replay $source/tests/cli/mx.facts example.com"; do
	what="maildiag $words"
	# shellcheck disable=SC2086
	"$maildiag" $words >/dev/full 2>err; status=$?; : >out
	complains 3 'No space left'
	# shellcheck disable=SC2086
	"$maildiag" $words >&- 2>err; status=$?
	complains 3 'Bad file descriptor'
	# shellcheck disable=SC2086
	{ "$maildiag" $words 2>err; echo $? >status; } | sleep 0.05
	status=$(cat status); exits 0; err_empty
done

# Several reports as text: one after the other, in the order of the domains.
mx example.net example.com; exits 1
[ "$(grep -E -o '^(pass|FAIL)  [a-z.]+:' out | tr '\n' ' ')" = 'FAIL  example.net: pass  example.com: ' ] ||
	fail 'not in the order of the domains'
mx --format jsonl example.com example.net
[ "$(wc -l <out)" -eq 2 ] || fail 'jsonl is not a line a domain'

# Colour on a terminal only; wrapped to the width.
mx example.net; out_lacks "$(printf '\033')"
mx example.net --color always; out_has "$(printf '\033')"
LC_ALL=C COLUMNS=50 mx example.com
[ "$(awk 'length > 50' out | wc -l)" -eq 0 ] || fail 'a line is wider than the terminal'
out_lacks "$(printf '[\200-\377]')"

# Interrupted: what was staged is taken away again.
what='interrupted'
mkfifo pipe
"$maildiag" check --stdin --format jsonl --output late.jsonl <pipe >out 2>err &
exec 3>pipe
for _ in $(seq 100); do [ -n "$(find . -name 'late*')" ] && break; sleep 0.05; done
[ -n "$(find . -name 'late*')" ] || fail 'nothing is staged'
kill -TERM $!; wait $!; status=$?; exits 3; err_has interrupted
exec 3>&-
[ -z "$(find . -name 'late*')" ] || fail 'a staged file is left behind'

done_testing
