#!/bin/bash
# explain, list and completion come from the tables, and are what the shells can read.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

run explain; exits 0; err_empty; out_has '^mx.none '
run explain mx.none; exits 0; err_empty
out_has '^mx.none: '; out_has '^Severity'; out_has '^Fix'; out_has '^Reference'
run explain mx.none mx.implicit; exits 0; out_has '^mx.implicit: '
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

done_testing
