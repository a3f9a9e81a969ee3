#!/bin/sh
# case.sh MAILDIAG CASE [OPTION...]: runs the program on a golden case, as tests/cases/CASE.case
# says (words.sh), on the facts of CASE.facts, or of CASE.known in short lines (known.awk), and on
# nothing else.  Exits 99 when the case is not in order.
#
# The program sees the case's files as if they lay in tests/cases, with the folder in their
# names (mx/good.facts is mx-good.facts there): so a report names its case.  Second opinions
# are those on file, if any: nobody is asked.
set -uf
maildiag=$(realpath "$1")
case=$2
shift 2
tests=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=words.sh
. "$tests/words.sh"
seen=$(mktemp -d) && trap 'rm -rf "$seen"' EXIT

# shown FILE: makes a file of the case's folder known to the program; its name there.
shown() {
	path=$(realpath -s --relative-to="$tests/cases" "$1")
	case $path in
	../*) ;; # it is seen as it is: docs
	*) path=$(echo "$path" | tr / -) && ln -s "$PWD/$1" "$seen/tests/cases/$path" ;;
	esac
	echo "$path"
}

case_words "$tests/cases/$case.case"
mkdir -p "$seen/tests/cases" && ln -s "$tests/../docs" "$seen" || exit
cd "$tests/cases/$(dirname "$case")" || exit
eval "set -- $words \"\$@\"" # quoted as in a shell
for word; do
	shift
	case $word in
	*.eml | *.zone | *.data) [ -e "$word" ] && word=$(shown "$word") ;;
	esac
	set -- "$@" "$word"
done
name=$(basename "$case")
if [ -f "$name.known" ]; then
	[ ! -e "$name.facts" ] || { echo "$case: .known and .facts" >&2; exit 99; }
	replay=$(echo "$case" | tr / -).facts
	awk -f "$tests/known.awk" "$name.known" >"$seen/tests/cases/$replay" || exit 99
else
	replay=$(shown "$name.facts")
fi
command=$1
shift
cd "$seen/tests/cases" || exit
LC_ALL=C.UTF-8 "$maildiag" "$command" --no-second-opinion --offline --replay "$replay" "$@"
