# What golden cases of all kinds share: a NAME.case file, whose first line is a sentence that
# says what the case proves and why that is the truth, after "# "; the rest are the words
# after `maildiag`, as one would type them where the file lies.

# case_words FILE: sets words; ends the test where there is no sentence or no word.
case_words() {
	first='' words=''
	[ -f "$1" ] && while read -r line; do
		[ -n "$first" ] || first=$line
		case $line in
		'#'*) ;;
		*) words="$words $line" ;;
		esac
	done <"$1"
	case $first in
	'# '*' '*' '*.) ;;
	*)
		echo "$1: its first line must say what the case proves: # Sentence." >&2
		exit 99
		;;
	esac
	[ -n "${words# }" ] || { echo "$1: no words after maildiag" >&2; exit 99; }
}
