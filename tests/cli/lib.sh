# What the tests of the command line share: run it, and say what must be so.
#
# Each test is a script that gets the program's path and the source tree, works in a folder
# of its own, and fails by its exit status.
set -u
maildiag=$1
source=$2
failures=0

work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
cd "$work" || exit
export LC_ALL=C.UTF-8 COLUMNS=80
unset NO_COLOR

# run WORD...: the program's status, stdout in out, stderr in err.
run() {
	what="maildiag $*"
	"$maildiag" "$@" >out 2>err </dev/null
	status=$?
}

# mx DOMAIN WORD...: the mx check of example.com (good), example.net (bad), example.org
# (cannot be known) and null.example (receives nothing), offline.
mx() {
	run check --only mx --offline --replay "$source/tests/cli/mx.facts" "$@"
}

fail() {
	echo "$what: $*"
	sed 's/^/  out: /' out | head -n 20
	sed 's/^/  err: /' err | head -n 20
	failures=$((failures + 1))
}

exits() { [ "$status" -eq "$1" ] || fail "exit $status, not $1"; }
out_has() { grep -q -e "$1" out || fail "stdout lacks: $1"; }
out_lacks() { ! grep -q -e "$1" out || fail "stdout has: $1"; }
out_empty() { [ ! -s out ] || fail "stdout is not empty"; }
err_has() { grep -q -e "$1" err || fail "stderr lacks: $1"; }
err_empty() { [ ! -s err ] || fail "stderr is not empty"; }

# complains STATUS TEXT: that status, one clear line on stderr, and nothing on stdout.
complains() {
	exits "$1"
	out_empty
	[ "$(wc -l <err)" -eq 1 ] || fail "stderr is not one line"
	grep -q '^maildiag: ' err || fail "stderr does not begin with the program's name"
	err_has "$2"
}

done_testing() {
	exit $((failures > 0))
}
