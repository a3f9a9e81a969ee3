#!/bin/bash
# Examines a list of domains with GNU parallel; the same command again goes on where it stopped.
#
#	parallel.sh LIST FOLDER SHARDS AT_ONCE RATE [OPTION...]
#
# SHARDS jobs, AT_ONCE of them at a time on each machine, with RATE questions a second in all on each
# machine; each OPTION goes to maildiag check.  FOLDER gets I-of-SHARDS.jsonl and joblog-of-SHARDS.
# More machines: PARALLEL='--sshlogin one,two' parallel.sh ...
# shellcheck disable=SC2094 # maildiag reads what is there before it adds to it
set -eu
list=$1 folder=$2 shards=$3 at_once=$4 rate=$5

if [ -z "${MAILDIAG_SHARD-}" ]; then # not a job yet: start them
	mkdir -p "$folder"
	exec parallel --quote --workdir "$PWD" --jobs "$at_once" \
		--joblog "$folder/joblog-of-$shards" --resume-failed \
		env MAILDIAG_SHARD={} "$(realpath "$0")" "$@" ::: $(seq "$shards")
fi
shift 5
out=$folder/$MAILDIAG_SHARD-of-$shards.jsonl
# exec: a signal reaches maildiag itself.
exec maildiag check --stdin --format jsonl \
	--shard "$MAILDIAG_SHARD/$shards" --rate $(((rate + at_once - 1) / at_once)) \
	--resume "$out" "$@" <"$list" >>"$out"
