#!/bin/bash
# explain, list and completion come from the tables, and are what the shells can read.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

run explain; exits 0; err_empty; out_has '^mx.none '
run explain mx.none; exits 0; err_empty
out_has '^mx.none: '; out_has '^Severity'; out_has '^Fix'; out_has '^Reference'
run explain mx.none mx.implicit; exits 0; out_has '^mx.implicit: '
run explain spf; exits 0; err_empty; out_has '^spf: '; out_has '^spf.plus-all  *fail'; out_lacks '^mx.none'
run explain no-such; complains 2 'no rule or check "no-such"'
run list; exits 0; err_empty; out_has '^mx: '
run list --format markdown; exits 0; out_has '^| `mx.none` | fail |'
run list --format json; exits 0; out_has '"schema": "maildiag-list/1"'
[ "$(grep -c '"rule"' out)" -eq "$("$maildiag" explain | wc -l)" ] || fail 'rules are missing'
[ -z "$("$maildiag" explain | cut -d' ' -f1 | sort | uniq -d)" ] || fail 'a rule id is there twice'

for shell in bash zsh fish; do
	run completion $shell; exits 0; err_empty; out_has resolver; out_has mx.none
	command -v $shell >/dev/null || continue
	$shell -n out || fail "$shell cannot read its completion"
done

run version; exits 0; err_empty; "$maildiag" --version | cmp -s - out || fail 'not what --version says'
run version now; complains 2 'takes nothing'
run help; exits 0; err_empty; "$maildiag" --help | cmp -s - out || fail 'not what --help says'
run help spf dkim; complains 2 'Name one'
run help mesage; complains 2 'did you mean "message"?'
for command in $("$maildiag" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
	run help "$command"; exits 0; err_empty; out_has '^Examples:'
	"$maildiag" "$command" --help | cmp -s - out || fail 'not what --help says'
	! grep -E '.{80}| $' out || fail 'lines that are too long, or end in blanks'
done

# complete WORD...: what bash would offer for the last word.
complete_words() {
	"$maildiag" completion bash >completion
	bash -c '. ./completion; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _maildiag; echo "${COMPREPLY[*]}"' \
		bash "$@"
}
what='bash completion'
[ "$(complete_words maildiag expl)" = explain ] || fail 'of a command'
[ "$(complete_words maildiag check --query)" = --query-timeout ] || fail 'of an option'
[ "$(complete_words maildiag example.com --query)" = --query-timeout ] || fail 'without a command'
[ "$(complete_words maildiag check --format jsonl)" = jsonl ] || fail 'of a word'
[ "$(complete_words maildiag list --format mark)" = markdown ] || fail "of another command's word"
[ "$(complete_words maildiag explain mx.non)" = mx.none ] || fail 'of a rule'
touch saved.eml
[ "$(complete_words maildiag message sav)" = saved.eml ] || fail 'of a file to read'
[ "$(complete_words maildiag sign --key sav)" = saved.eml ] || fail "of an option's file"
[ "$(complete_words maildiag sign --canonicalization simple/s)" = simple/simple ] || fail 'of a word'
[ "$(complete_words maildiag completion z)" = zsh ] || fail 'of a shell'

[ -z "$(complete_words maildiag '' | tr ' ' '\n' | grep -e --)" ] || fail 'options before a command'
[ "$(complete_words maildiag check --only mx,dnss)" = mx,dnssec ] || fail 'of the second check'

done_testing
