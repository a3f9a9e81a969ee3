#!/bin/sh
# case.sh MAILDIAG CASE [OPTION...]: runs the program on a golden case, as tests/cases/CASE.case
# says (words.sh), on the facts of CASE.facts, or of CASE.known in short lines (known.awk), and on
# nothing else.  Exits 99 when the case is not in order.
#
# The program sees the case's files as if they lay in tests/cases, with the folder in their
# names (mx/good.facts is mx-good.facts there): so a report names its case.  Second opinions
# are those on file, if any: nobody is asked.
set -uf
maildiag=$1
case=$2
shift 2
tests=${0%/*}
case $maildiag in /*) ;; *) maildiag=$PWD/$maildiag ;; esac
case $tests in /*) ;; *) tests=$PWD/$tests ;; esac
# shellcheck source=words.sh
. "$tests/words.sh"
seen=$(mktemp -d) && trap 'rm -rf "$seen"' EXIT
here=$seen/tests/cases

case_words "$tests/cases/$case.case"
name=${case##*/}
folder=${case%"$name"}
prefix=$folder
while [ "$prefix" != "${prefix%%/*}" ]; do
	prefix=${prefix%%/*}-${prefix#*/}
done
mkdir -p "$here" && cd "$tests/cases/$folder" || exit
eval "set -- $words \"\$@\"" # quoted as in a shell
for word; do
	shift
	case $word in
	../*) # docs: as seen from tests/cases
		word=$(realpath -s --relative-to="$tests/cases" "$word")
		[ -e "$seen/docs" ] || ln -s "$tests/../docs" "$seen"
		;;
	*.eml | *.zone | *.data)
		[ -e "$word" ] && ln -s "$PWD/$word" "$here/$prefix$word" && word=$prefix$word
		;;
	esac
	set -- "$@" "$word"
done
if [ ! -f "$name.known" ]; then
	ln -s "$PWD/$name.facts" "$here/$prefix$name.facts"
elif [ ! -e "$name.facts" ]; then
	awk -f "$tests/known.awk" "$name.known" >"$here/$prefix$name.facts" || exit 99
else
	echo "$tests/cases/$case: it has both .known and .facts" >&2
	exit 99
fi
command=$1
shift
cd "$here" || exit
LC_ALL=C.UTF-8 "$maildiag" "$command" --no-second-opinion --offline --replay "$prefix$name.facts" "$@"
