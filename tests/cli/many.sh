#!/bin/bash
# maildiag message on many: the table, the order whatever the threads, and who stops reading.
# shellcheck disable=SC1091,SC2034,SC2154 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

message() {
	what="maildiag message $*"
	"$maildiag" message --offline --only structure --fail-on never "$@" >out 2>err </dev/null
	status=$?
}

mkdir -p box/cur box/new box/tmp
for i in $(seq -w 1 3000); do
	printf 'From: a%s@example.com\nDate: Sat, 21 Nov 2026 07:00:00 +0000\nSubject: %s\nMessage-ID: <%s@example.com>\n\nHi\n' \
		"$i" "$i" "$i" >"box/cur/$i"
done
echo 'no mail, just text' >box/cur/1500

# A line a message below a heading, in the order of their names; what is no message is told.
message box; exits 3; err_has 'box/cur/1500: it holds no header field'
[ "$(wc -l <out)" -eq 3000 ] || fail 'not 2999 lines and a heading'
head -n 1 out | grep -q '^ *message  *from  *SPF  *DKIM  *DMARC' || fail 'no heading'
tail -n +2 out | awk '{ print $2 }' | sort -c || fail 'not in order'

# The same whatever --jobs says.
message --format jsonl --jobs 1 box; exits 3; sed 's/"time":"[^"]*"//' out >one
[ "$(wc -l <one)" -eq 2999 ] || fail 'not 2999 reports'
for jobs in 2 3 64 2000; do
	message --format jsonl --jobs $jobs box; exits 3
	sed 's/"time":"[^"]*"//' out | cmp - one || fail "another order with $jobs jobs"
done

# -v gives whole reports, with an empty line between them.
message -v box/cur/0001 box/cur/0002; exits 0; out_has 'Subject: 0001'; out_has 'Subject: 0002'

# Staged files appear whole; a reader that goes, a disk that is full.
message --output jsonl=report --format text box; exits 3
[ ! -e report ] || [ "$(wc -l <report)" -eq 2999 ] || fail 'half a file was left'
what='a closed pipe'
"$maildiag" message --offline --only structure --fail-on never --format jsonl box 2>err |
	head -n 1 >out
[ "${PIPESTATUS[0]}" -le 3 ] || fail "status ${PIPESTATUS[0]}"
grep -q -v 'no header field' err && fail 'it complains'
what='a full disk'
"$maildiag" message --offline --only structure --format jsonl box >/dev/full 2>err
status=$?; exits 3; err_has 'cannot write'
done_testing
