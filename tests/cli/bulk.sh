#!/bin/bash
# Many domains: shards, the order of lines, interrupts, readers that go, disks that are full.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

# bulk WORD...: domains from the file `in`, offline.
bulk() {
	what="maildiag check --stdin $*"
	"$maildiag" check --stdin --only mx --offline --replay "$source/tests/cli/mx.facts" "$@" <in >out 2>err
	status=$?
}
names() { sed -n 's/.*"kind":"domain","name":"\([^"]*\)".*/\1/p' "$@"; }
complete() { # the lines of out are whole JSON, each of a domain of `in`, each once
	/usr/bin/python3 - out <<-'PYTHON' || fail 'a line is not whole'
		import json, sys
		for line in open(sys.argv[1]):
		    json.loads(line)
	PYTHON
	names out | sort | cmp -s - <(sort in) || fail 'not each domain once'
}

for i in $(seq 3000); do echo "d$i.example"; done >in

bulk --format jsonl; exits 0; err_empty; complete
bulk --format jsonl --jobs 1; exits 0; complete; names out | cmp -s - in || fail 'not in order with one job'

# csv: a heading, then a line a domain.
bulk --format csv; exits 0; err_empty
[ "$(head -c 15 out)" = 'domain,verdict,' ] || fail 'no heading'
[ "$(grep -c '^domain,' out)" -eq 1 ] || fail 'not one heading'
tail -n +2 out | cut -d, -f1 | sort | cmp -s - <(sort in) || fail 'not each domain once'

# As text in the order of the list, and so in every format beside it.
bulk -q --output jsonl=lines; exits 0
grep -o 'd[0-9]*\.example' out | cmp -s - in || fail 'text is not in order'
names lines | cmp -s - in || fail 'lines beside text are not in order'

# Each line is written at once.
if command -v strace >/dev/null && strace -o trace -e trace=write true 2>err; then
	head -n 50 in >few
	strace -f -o trace -e trace=write "$maildiag" check --stdin --only mx --offline --format jsonl <few >out 2>err
	what='write(2)'
	[ "$(grep -c '^[0-9]* *write(1, ' trace)" -eq 50 ] || fail 'not one for each line'
fi

# Shards: disjoint, complete, and as the manual says, computed by another program.
: >union
for i in 1 2 3 4 5 6 7; do
	bulk --format jsonl --shard $i/7; exits 0; err_empty
	names out | sort >"shard.$i"; cat "shard.$i" >>union
done
sort union | cmp -s - <(sort in) || fail 'shards are not the whole, each domain once'
what='shards'
/usr/bin/python3 -c '
import hashlib, sys
for name in sys.stdin.read().split():
    n = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    print(name, file=open("check.%d" % (n % 7 + 1), "a"))' <in
for i in 1 2 3 4 5 6 7; do sort "check.$i" | cmp -s - "shard.$i" || fail "shard $i is another"; done
# However a name is written it is in the same shard.
for name in D1.EXAMPLE d1.example.; do
	echo $name >in.1
	n=$(for i in 1 2 3 4 5 6 7; do
		"$maildiag" check --stdin --only mx --offline --format csv --shard $i/7 <in.1 | grep '^d1' >found && echo $i
	done)
	grep -qx d1.example "shard.$n" || fail "$name is in another shard"
done
for bad in 0/3 4/3 1 1/0 a/b 1/2/3 -1/2 /2 1/ 1/1000001; do
	bulk --format jsonl --shard $bad; complains 2 'shard'
done
run check example.com --shard 1/2; complains 2 'goes with --stdin'
run check example.com --resume x; complains 2 'goes with --stdin'
run check --stdin --format jsonl --rate 0; complains 2 'no whole number'

# No other verifier is asked about a list, not even when it could be.
cat >witness <<-END
	#!/bin/sh
	echo asked >>$PWD/asked
END
chmod +x witness
echo example.com >few
MAILDIAG_WITNESS=$PWD/witness "$maildiag" check --stdin --offline --zone "$source/docs/demo/world.zone" \
	--zone "$source/docs/demo/les-parents-creatifs.com.zone" --ip 192.0.2.1 --format jsonl \
	<<<les-parents-creatifs.com >out 2>err
[ ! -e asked ] || fail 'a witness was asked'

# Standard input that is closed is no empty list.
what='closed standard input'
"$maildiag" check --stdin --only mx --offline --format jsonl <&- >out 2>err; status=$?
complains 3 'cannot read standard input'

# A reader that goes is told: not all lines were written.
what='a closed pipe'
"$maildiag" check --stdin --only mx --offline --format jsonl <in 2>err | head -n 3 >out
status=${PIPESTATUS[0]}; exits 3; err_has 'nobody reads the reports any more'
[ "$(wc -l <err)" -eq 1 ] || fail 'more than one line'

# A full disk: whole lines only stay, and it is told.
what='a full disk'
"$maildiag" check --stdin --only mx --offline --format jsonl <in >/dev/full 2>err; status=$?; : >out
complains 3 'No space left'
(
	ulimit -f 64 # blocks of 1024 octets; the signal is not for us
	trap '' XFSZ
	"$maildiag" check --stdin --only mx --offline --format jsonl <in >part 2>err
	echo $? >status
)
status=$(cat status); exits 3; err_has 'cannot write to standard output: File too large'
[ "$(tail -c 2 part)" = '}' ] || fail 'half a line was left'
cp part out; "$maildiag" check --stdin --only mx --offline --format jsonl --resume part <in >>out 2>err
status=$?; exits 0; err_empty; complete

# A pipe that does not wait (O_NONBLOCK) and is read slowly loses nothing.
what='a pipe that does not wait'
/usr/bin/python3 - "$maildiag" >out <<-'PYTHON' || fail 'it failed'
	import os, subprocess, sys, time
	r, w = os.pipe()
	os.set_blocking(w, False)
	p = subprocess.Popen([sys.argv[1], "check", "--stdin", "--only", "mx", "--offline", "--format", "jsonl"],
	                     stdin=open("in"), stdout=w)
	os.close(w)
	time.sleep(0.3)
	while True:
	    octets = os.read(r, 100000)
	    if not octets:
	        break
	    sys.stdout.buffer.write(octets)
	sys.exit(p.wait())
PYTHON
complete

# A reader that stands still: told at the first interrupt, ended at the second, and nothing torn.
/usr/bin/python3 - "$maildiag" <<-'PYTHON' >err || fail 'a reader that stands still'
	import os, signal, subprocess, sys, time
	for waits in True, False:
	    r, w = os.pipe()
	    os.set_blocking(w, waits)
	    p = subprocess.Popen([sys.argv[1], "check", "--stdin", "--only", "mx", "--offline", "--format", "jsonl"],
	                         stdin=open("in"), stdout=w, stderr=subprocess.PIPE, text=True)
	    os.close(w)
	    time.sleep(0.5)
	    p.send_signal(signal.SIGINT)
	    told = p.stderr.readline()
	    p.send_signal(signal.SIGINT)
	    status = p.wait(30)
	    rest = p.stderr.read()
	    lines = b"".join(iter(lambda: os.read(r, 1 << 20), b""))
	    written = lines.count(b"\n")
	    print(waits, status, told, rest, lines[-3:])
	    assert status == 3 and lines.endswith(b"}\n")
	    assert "has a second to finish; interrupt again" in told
	    assert rest == "maildiag: interrupted; reports written: %d; to go on, add --resume and the file they are in\n" % written
PYTHON

# Interrupted: what is under way is finished, whole lines are kept, and it is told how to go on.
interrupted() {
	mkfifo pipe
	"$maildiag" check --stdin --only mx --offline --format jsonl "$@" <pipe >out 2>err &
	exec 3>pipe
	head -n 1500 in >&3
	for _ in $(seq 100); do [ "$(cat out ./*.jsonl* 2>/dev/null | wc -l)" -ge 1500 ] && break; sleep 0.05; done
	kill -INT $!; wait $!; status=$?
	exec 3>&-; rm pipe
}
what='an interrupt'
interrupted; exits 3; err_has 'interrupted; reports written: 1500; to go on, add --resume out and append'
[ "$(wc -l <out)" -eq 1500 ] || fail 'not 1500 lines'
"$maildiag" check --stdin --only mx --offline --format jsonl --resume out <in >>out 2>err
status=$?; exits 0; err_empty; complete
what='an interrupt with --resume and --output'
rm out; interrupted --resume again.jsonl --output again.jsonl; exits 3; err_has 'written: 1500; to go on, repeat the command'
rm again.jsonl
what='an interrupt with --output'
interrupted --output kept.jsonl; exits 3; err_has 'to go on, add --resume kept.jsonl'
[ "$(wc -l <kept.jsonl)" -eq 1500 ] || fail 'not 1500 lines'
[ "$(find . -name 'kept*' | wc -l)" -eq 1 ] || fail 'a staged file is left'
"$maildiag" check --stdin --only mx --offline --format jsonl --resume kept.jsonl --output kept.jsonl <in >out 2>err
status=$?; exits 0; err_empty; out_empty; mv kept.jsonl out; complete

done_testing
