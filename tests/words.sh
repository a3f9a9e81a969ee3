# What golden cases of all kinds share: a NAME.case file, whose first line is a sentence that
# says what the case proves and why that is the truth, after "# "; the rest are the words
# after `maildiag`, as one would type them where the file lies.

# case_words FILE: sets words; ends the test where there is no sentence or no word.
case_words() {
	if ! head -n 1 "$1" | grep -q '^# [^ ].* .* .*\.$'; then
		echo "$1: its first line must say what the case proves: # Sentence."
		exit 99
	fi >&2
	words=$(sed -e '/^#/d' "$1" | tr '\n' ' ')
	[ -n "${words# }" ] || { echo "$1: no words after maildiag" >&2; exit 99; }
}
