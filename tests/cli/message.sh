#!/bin/bash
# maildiag message: which files, mbox files and folders it reads, and what it says of the others.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

# message WORD...: the structure of messages only, which needs no network; `in` is standard input.
touch in
message() {
	what="maildiag message $*"
	"$maildiag" message --offline --only structure --fail-on never "$@" >out 2>err <in
	status=$?
}
reports() { [ "$(wc -l <out)" -eq "$1" ] || fail "not $1 reports"; }

printf 'From: a@example.com\nDate: Sat, 21 Nov 2026 07:00:00 +0000\nMessage-ID: <1@example.com>\n\nHi\n' >good.eml
{ printf 'From a@b Sat Nov 21 07:00:00 2026\n'; cat good.eml; echo; } >one.mbox
cat one.mbox one.mbox one.mbox >three.mbox
mkdir -p box/cur box/new box/tmp files empty
cp good.eml box/cur/1:2,S; cp good.eml box/new/2; cp good.eml box/tmp/3
cp good.eml files/b.eml; cp good.eml files/a.eml; echo text >files/README

# One message.
message good.eml; exits 0; err_empty; out_has 'remarks'
message --format json good.eml; exits 0; err_empty; out_has '"name": "structure"'
message one.mbox; exits 0; err_empty
message --format json one.mbox; exits 0; err_empty
cp good.eml in; message -; exits 0; err_empty; out_has 'remarks'
message --record facts good.eml; exits 0; [ -s facts ] || fail 'nothing recorded'
"$maildiag" message --offline --only structure --fail-on never <(cat good.eml) >out 2>err
status=$?; exits 0; err_empty

# Several.
message --format jsonl good.eml one.mbox; exits 0; err_empty; reports 2
message --format jsonl three.mbox; exits 0; err_empty; reports 3
message --format jsonl box; exits 0; err_empty; reports 2
message --format jsonl files/ good.eml; exits 0; err_empty; reports 3
cp three.mbox in; message --format jsonl - good.eml; exits 0; err_empty; reports 4
"$maildiag" message --offline --only structure --fail-on never --format jsonl \
	<(cat three.mbox) >out 2>err
status=$?; exits 0; err_empty; reports 3

# Spam filters that cannot be: before anything is read.
for filter in '--spamd a:b' '--spamd =' '--rspamd localhost:11334' '--rspamd http://me@a/'; do
	# shellcheck disable=SC2086 # an option and its value
	message $filter good.eml; complains 2 "${filter%% *}: "
done

# What is for one message alone.
for names in 'good.eml one.mbox' three.mbox box files; do
	# shellcheck disable=SC2086 # several names
	message --format json $names; complains 2 'use jsonl'
	# shellcheck disable=SC2086
	message --record facts.new $names; complains 2 'one at a time'
	[ ! -e facts.new ] || fail 'a file of facts was left'
done
message --output json=report three.mbox; complains 2 'use jsonl'
[ ! -e report ] || fail 'a report was left'

# What cannot be read.
message; complains 2 'which message'
message gone.eml; complains 3 'gone.eml: No such file or directory'
message empty; complains 3 'empty: a folder, but no Maildir'
message --output json=report gone.eml; exits 3; [ ! -e report ] || fail 'a report was left'
: >nothing.eml; message nothing.eml; complains 3 'nothing.eml: it is empty'
echo old >old.json; echo old >old.facts
message --output json=old.json --record old.facts nothing.eml; complains 3 'it is empty'
[ "$(cat old.json old.facts)" = "$(printf 'old\nold')" ] || fail 'nothing has replaced a file'
: >in; message -; complains 3 'standard input: it is empty'
echo 'no mail, just text' >text; message text; complains 3 'text: it holds no header field'
message --format jsonl gone.eml good.eml text; exits 3; reports 1
err_has 'gone.eml: '; err_has 'text: it holds no header field'
[ "$(wc -l <err)" -eq 2 ] || fail 'not two lines about two files'
mkfifo box/cur/4; ln -s gone box/new/5
message --format jsonl box; exits 3; reports 2
err_has 'box/cur/4: not a regular file'; err_has 'box/new/5: No such file'
rm box/*/*; message box; exits 0; out_empty; err_empty
{ cat one.mbox; printf 'From a@b Sat Nov 21 07:00:00 2026\n\nno field\n\n'; cat one.mbox; } >bad.mbox
message --format jsonl bad.mbox; exits 3; reports 2; err_has 'bad.mbox:2: it holds no header field'
if [ "$(id -u)" -ne 0 ]; then
	cp good.eml secret.eml; chmod 0 secret.eml
	message secret.eml; complains 3 'secret.eml: Permission denied'
fi

# A closed standard input cannot be read; a reader that has gone is no trouble.
what='message - <&-'
"$maildiag" message --offline - >out 2>err <&-
status=$?; complains 3 'standard input: Bad file descriptor'
for _ in $(seq 200); do cat one.mbox; done >many.mbox
what='message many.mbox | head -1'
{ "$maildiag" message --offline --only structure --fail-on never --format jsonl many.mbox 2>err
	echo $? >code; } | head -n 1 >out
status=$(cat code); exits 0; err_empty; reports 1
what='message >&-'
"$maildiag" message --offline --only structure good.eml >&- 2>err
status=$?; : >out; exits 3; err_has 'standard output'

# Without a command: a message by its ending, when it is there.
cp "$source/docs/demo/cle.eml" saved.EML
run message --offline -q saved.EML; cp out named
run saved.EML --offline -q; cmp -s out named || fail 'is not examined as a message'
run absent.eml --offline; exits 4
cp saved.EML saved
run saved; complains 2 'maildiag message saved;'

done_testing
