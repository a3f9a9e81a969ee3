#!/bin/bash
# Makes a list of domains clean: clean.sh <RAW >LIST
#
# Canonical names, none twice, in an order by chance, so that domains of one operator are not asked
# for together.  Bad lines are told by their numbers and left out (exit 3: LIST is good nevertheless).
set -eu -o pipefail
export LC_ALL=C

maildiag check --stdin --offline --only mx --format csv | tail -n +2 | cut -d, -f1 |
	sort --random-sort --unique
