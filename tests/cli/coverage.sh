#!/bin/bash
# Every rule is found in some golden case: each diagnosis is known to be possible.
# shellcheck disable=SC1091,SC2034,SC2154,SC2013 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

run explain
for rule in $(cut -d' ' -f1 out); do
	grep -q -r -F --include='*.json' --include='*.text' -e "\"rule\": \"$rule\"" -e "[$rule]" \
		"$source/tests/cases" "$source/tests/gate" || fail "no case finds $rule"
done

done_testing
