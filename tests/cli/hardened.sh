#!/bin/bash
# The binaries as they are built: what makes a fault of memory harder to use is in each of them.
# hardened.sh FORTIFIED NOTED FILE...
fortified=$1
noted=$2
shift 2
failures=0

fail() {
	echo "$file: $*"
	failures=$((failures + 1))
}

# has WHAT PATTERN WORD...: a line of readelf's output is so.
has() {
	local what=$1 pattern=$2

	shift 2
	readelf -W "$@" "$file" 2>/dev/null | grep -qE -e "$pattern" || fail "$what"
}

command -v readelf >/dev/null || exit 77
for file; do
	has 'not position-independent' 'Type: +DYN' -h
	case $file in
	*.so*) ;;
	*) has 'no PIE' 'FLAGS_1.*PIE' -d ;;
	esac
	has 'no RELRO' 'GNU_RELRO' -l
	has 'no BIND_NOW' '(FLAGS.*BIND_NOW|FLAGS_1.*NOW)' -d
	has 'a stack that can be run' 'GNU_STACK.* RW +0x' -l
	has 'no stack protector' '__stack_chk_fail' -s
	[ "$fortified" = ON ] && has 'no _FORTIFY_SOURCE' ' __[a-z]+_chk(@|$)' --dyn-syms
	if [ "$(uname -m)" = x86_64 ]; then
		# Every object of ours begins its functions so; the linker's note needs those of others.
		objdump -d --no-show-raw-insn "$file" | grep -q 'endbr64' || fail 'no CET'
	fi
	# Compilers note their options where debugging information is.
	if [ "$noted" = ON ]; then
		grep -aq -e '-fstack-clash-protection' "$file" || fail 'no stack clash protection'
	fi
done
exit $((failures > 0))
