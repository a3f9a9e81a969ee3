#!/bin/bash
# --resume: killed and repeated until it is done, a list loses nothing and nothing is there twice.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

check() { # offline, and at a fixed time: the same domain has the same line
	"$maildiag" check --stdin --only mx --offline --replay "$source/tests/cli/mx.facts" "$@"
}
for i in $(seq 2000); do echo "d$i.example"; done >in

whole() { # whole FORMAT: out has whole lines alone, each domain of `in` once
	/usr/bin/python3 - "$1" <<-'PYTHON' || fail 'not each domain once, in whole lines'
		import collections, csv, json, sys
		text = open("out").read()
		assert text.endswith("\n")
		if sys.argv[1] == "csv":
		    rows = list(csv.reader(text.splitlines()))
		    assert rows[0][0] == "domain"
		    assert all(len(row) == len(rows[0]) for row in rows)
		    names = [row[0] for row in rows[1:]]
		else:
		    names = [json.loads(line)["subject"]["name"] for line in text.splitlines()]
		assert sorted(names) == sorted(open("in").read().split()), collections.Counter(names).most_common(3)
	PYTHON
}

# Killed in the middle, again and again: whenever the file has grown by some octets.
for format in jsonl csv; do
	what="kill -9, $format"
	: >out
	/usr/bin/python3 - "$maildiag" "$source" $format <<-'PYTHON' >err || fail 'not killed in the middle'
		import os, random, subprocess, sys, time
		maildiag, source, form = sys.argv[1:]
		random.seed(6)
		killed = 0
		while True:
		    size = os.stat("out").st_size
		    p = subprocess.Popen([maildiag, "check", "--stdin", "--only", "mx", "--offline", "--replay",
		                          source + "/tests/cli/mx.facts", "--format", form, "--resume", "out"],
		                         stdin=open("in"), stdout=open("out", "a"), stderr=subprocess.DEVNULL)
		    goal = size + random.randrange(500, 120000 if form == "jsonl" else 12000)
		    while p.poll() is None and os.stat("out").st_size < goal:
		        time.sleep(0.001)
		    if p.poll() is not None:
		        break
		    p.kill()
		    p.wait()
		    killed += os.stat("out").st_size > size
		    if random.random() < 0.5: # and the machine went down with half a line
		        os.truncate("out", os.stat("out").st_size - random.randrange(100))
		print(killed, "times")
		sys.exit(p.returncode != 0 or killed < 3)
	PYTHON
	whole $format
	what="all done, $format"
	cp out before; check --format $format --resume out <in >>out 2>err; status=$?; exits 0; err_empty
	cmp -s out before || fail 'it wrote what was there already'
done

printf 'a.example\nb.example\nc.example\n' >in

# Torn in the first line of all, and in the heading.
for cut in 1 5 14 40 100; do
	check --format jsonl <in 2>err | head -c $cut >out; what="torn after $cut octets of all"
	check --format jsonl --resume out <in >>out 2>err; status=$?; exits 0; whole jsonl
	check --format csv <in 2>err | head -c $cut >out
	check --format csv --resume out <in >>out 2>err; status=$?; exits 0; whole csv
done

# As --output, the first time when it is not there yet.
rm -f out
for _ in 1 2; do
	what='--output and --resume'
	check --format jsonl --resume out --output out <in >printed 2>err; status=$?; exits 0; err_empty
	whole jsonl
done

# Named twice.
check --format jsonl --resume out --resume ./out --output out <in >printed 2>err; status=$?
what='--resume of one file twice'; exits 0; err_empty; whole jsonl

# Several files, of both formats; and a pipe.
check --format csv <<<a.example >a.csv; check --format jsonl <<<B.EXAMPLE. >b.jsonl
check --format jsonl --resume a.csv --resume b.jsonl <in >out 2>err; status=$?
what='two files'; exits 0; err_empty; out_has '"name":"c.example"'; [ "$(wc -l <out)" -eq 1 ] || fail 'not one line'
check --format jsonl --resume <(cat a.csv) --resume <(cat b.jsonl) <in >out 2>err; status=$?
what='two pipes'; exits 0; err_empty; [ "$(wc -l <out)" -eq 1 ] || fail 'not one line'

# A name that csv writes escaped, lest it be taken for a formula.
printf -- '-a.example\n' >in; check --format csv --resume out.csv --output out.csv <in >out 2>err
check --format csv --resume out.csv <in >out 2>err; status=$?; exits 0
[ "$(wc -l <out)" -eq 0 ] || fail 'examined again'

# A torn line that another was written behind: neither counts.
printf 'a.example\nb.example\nc.example\n' >in
check --format jsonl --jobs 1 <in >all
{ head -n 1 all; sed -n 2p all | head -c 200; sed -n 3p all; } >glued
what='two lines in one'
check --format jsonl --resume glued <in >out 2>err; status=$?; exits 0
err_has '1 line that is no whole report'
[ "$(wc -l <out)" -eq 2 ] || fail 'not both again'

# What is no output of ours is not touched.
for text in 'hello' 'hello\n' 'domain;verdict\n' '{"schema":"maildiag-list/1"}\n' '{}\n' '\0\0\0'; do
	# shellcheck disable=SC2059
	printf "$text" >foreign; cp foreign before; what="--resume $text"
	check --format jsonl --resume foreign <in >>foreign 2>err; status=$?; : >out
	complains 3 'foreign is no output of maildiag check'
	cmp -s foreign before || fail 'it was changed'
done
{ head -n 2 all; printf 'hello'; } >foreign; cp foreign before; what='a foreign end'
check --format jsonl --resume foreign <in >>foreign 2>err; status=$?; : >out; complains 3 'line 3'
cmp -s foreign before || fail 'it was changed'
"$maildiag" check --only mx --offline --format json a.example >foreign
check --format jsonl --resume foreign <in >out 2>err; status=$?; complains 3 'no output of'
check --format jsonl --resume no/such/file <in >out 2>err; status=$?; complains 3 'cannot read no/such/file'
check --format jsonl --resume - <in >out 2>err; status=$?; complains 3 'cannot read -'
check --format jsonl --resume . <in >out 2>err; status=$?; complains 3 'cannot read'

# Into the file it reads only in that file's format, only alone, and never after > has emptied it.
check --format csv --resume all <in >>all 2>err; status=$?; : >out; complains 3 'takes --format jsonl'
check --format jsonl --resume all <in >all 2>err; status=$?; : >out; complains 3 'use >>'
what='two at once'
check --format jsonl <in >both
mkfifo pipe
check --format jsonl --resume both <pipe >>both 2>first &
exec 3>pipe
for _ in $(seq 100); do lsof -p $! >/dev/null 2>&1; grep -q FLOCK /proc/locks && break; sleep 0.02; done
check --format jsonl --resume both <in >>both 2>err; status=$?; : >out
complains 3 'another process writes both'
exec 3>&-; wait

done_testing
