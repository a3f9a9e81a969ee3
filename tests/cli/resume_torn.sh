#!/bin/bash
# --resume of output that was torn at any octet of its last line.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

check() { # offline, and at a fixed time: the same domain has the same line
	"$maildiag" check --stdin --only mx --offline --replay "$source/tests/cli/mx.facts" "$@"
}

for format in jsonl csv; do
	what="torn, $format"
	printf 'a.example\nb.example\nc.example\n' >in
	check --format $format --jobs 1 <in >all
	size=$(wc -c <all)
	last=$(tail -n 1 all | wc -c)
	for cut in $(seq 0 "$last"); do
		head -c $((size - cut)) all >out
		check --format $format --resume out <in >>out 2>err; status=$?; exits 0
		[ "$cut" -eq 0 ] || [ "$cut" -eq "$last" ] || err_has 'ended in half a line, which is cut off'
		cmp -s out all || fail "without its last $cut octets it ends as another"
	done
done

done_testing
