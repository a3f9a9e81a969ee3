#!/bin/sh
# case.sh MAILDIAG CASE [OPTION...]: runs the program on a golden case, as tests/cases/CASE says,
# on the facts on file and on nothing else.
#
# CASE.args holds the words after `maildiag check`, separated by blanks (default: example.com);
# CASE.command names another command than check.  The program sees the case's files as if they
# lay in tests/cases, with the folder in their names (mx/good.facts is mx-good.facts there): so
# a report names its case.  Second opinions are those on file, if any: nobody is asked.
set -uf
maildiag=$1
case=$2
shift 2
cases=$(cd "$(dirname "$0")" && pwd)/cases
seen=$(mktemp -d) && trap 'rm -rf "$seen"' EXIT
name=$(echo "$case" | tr / -)

args=example.com command=check
[ -f "$cases/$case.args" ] && args=$(cat "$cases/$case.args")
[ -f "$cases/$case.command" ] && command=$(cat "$cases/$case.command")
mkdir -p "$seen/tests/cases" && ln -s "$cases/../../docs" "$seen" && cd "$seen/tests/cases" || exit
for kind in facts zone eml data; do
	[ -e "$cases/$case.$kind" ] && ln -s "$cases/$case.$kind" "$name.$kind"
done
# shellcheck disable=SC2086 # the words of the file
LC_ALL=C.UTF-8 "$maildiag" "$command" --no-second-opinion --offline --replay "$name.facts" "$@" $args
