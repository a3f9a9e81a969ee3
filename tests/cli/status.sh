#!/bin/bash
# Exit statuses: 0 nothing, 1 findings, 2 usage, 3 trouble, 4 inconclusive; the strongest wins.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

mx example.com; exits 0; err_empty; out_has '^pass  example.com: '
mx example.net; exits 1; err_empty; out_has 'mx.none'
mx example.org; exits 4; err_empty; out_has 'SERVFAIL from 192.0.2.53'

mx example.net --fail-on fail; exits 1
mx example.net --fail-on never; exits 0
mx example.org --fail-on never; exits 4
mx example.net --ignore mx.none; exits 0; out_lacks 'mx.none'
mx example.net --ignore mx.none -v; exits 0; out_has 'ignored'
mx example.net --ignore mx.none@example.net; exits 0
mx example.net --ignore mx.none@other.example; exits 1

mx example.com example.net; exits 1
mx example.org example.com; exits 4
mx example.org example.net; exits 1
printf 'example.com\nexample.net\n' >in
what="check --stdin"
"$maildiag" check --only mx --offline --replay "$source/tests/cli/mx.facts" --stdin <in >out 2>err
status=$?; exits 0
"$maildiag" check --only mx --offline --replay "$source/tests/cli/mx.facts" --stdin --fail-on fail \
	<in >out 2>err
status=$?; exits 1
printf 'example.com\nexample.org\n' | "$maildiag" check --only mx --offline \
	--replay "$source/tests/cli/mx.facts" --stdin >out 2>err
status=$?; exits 0
printf 'example.com\nexample.org\n' | "$maildiag" check --only mx --offline \
	--replay "$source/tests/cli/mx.facts" --stdin --fail-on fail >out 2>err
status=$?; exits 4

done_testing
