#!/bin/bash
# --profile, and a data file of one's own.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

printf 'From: ann@example.com\nDate: Sat, 21 Nov 2026 07:00:00 +0000\n\nHello.\n' >a.eml
message() {
	run message a.eml --offline --no-second-opinion --only profile --format jsonl "$@"
}

message --profile gmial; complains 2 'no provider "gmial": did you mean "gmail"'
message --profile gmail,freenet; complains 2 'there are gmail, yahoo, microsoft, apple, orange, laposte'
message --profile gmail,; complains 2 'no provider ""'
message --profile ''; complains 2 'no provider ""'
message --profile Gmail,orange --profile laposte; out_has Gmail; out_has Orange; out_lacks Yahoo

mkdir own
printf 'mine\tMy own\t-\nmine\tall\trequired\trefuse\tfrom-not:example.com\tnobody here\t550 no\tme\t2026\tyes\n' >own/profiles.tsv
message --data own --profile gmail; complains 2 'there are mine'
message --data own; out_has profile.other; out_has 'My own would refuse: 550 no'
printf 'mine\tall\trequired\t-\tspf-passes\ttext\t-\tme\t2026\tyes\n' >>own/profiles.tsv
message --data own; complains 3 'own/profiles.tsv:3: no such key'

done_testing
