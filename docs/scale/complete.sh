#!/bin/bash
# Tells whether each domain of a list has its line, and only one: complete.sh LIST FOLDER
#
# LIST is clean: canonical names, none twice (docs/SCALE.md says how to get one).
set -eu -o pipefail
export LC_ALL=C
list=$1 folder=$2

# A difference is a domain that is missing (<) or there too often (>), or a line that is not whole.
diff <(sort "$list") <(cat "$folder"/*-of-*.jsonl |
	sed 's/^{.*"subject":{"kind":"domain","name":"\([^"]*\)".*}$/\1/' | sort)
