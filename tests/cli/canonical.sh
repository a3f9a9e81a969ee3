#!/bin/bash
# maildiag message --canonical: the octets that the signature's hashes are made of, as files.
# shellcheck disable=SC1091,SC2034,SC2154 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

message() {
	what="maildiag message $*"
	"$maildiag" message --offline --only structure --fail-on never "$@" >out 2>err </dev/null
	status=$?
}
cases=$source/tests/cases

# bh= is the hash of the body; the header ends in the signature itself, without its value.
for case in good body; do
	message --canonical $case "$cases/dkim-sig/$case.eml"; exits 0; err_empty
	[ "$(tail -c 2 $case/1-header.txt)" = 'b=' ] || fail 'the header does not end in b='
	grep -q '^subject:' $case/1-header.txt || fail 'no subject in the header'
	bh=$(tr -d '\r\n\t ' <"$cases/dkim-sig/$case.eml" | grep -oE 'bh=[^;]*' | head -n 1 | cut -c4-)
	wanted=$(printf %s "$bh" | base64 -d | od -An -tx1 | tr -d ' \n')
	got=$(sha256sum <$case/1-body.txt | cut -d' ' -f1)
	case $case in
	good) [ "$got" = "$wanted" ] || fail "the body hashes to $got, not $wanted" ;;
	body) [ "$got" != "$wanted" ] || fail 'the changed body has the hash of the signed one' ;;
	esac
done

# Again; but what is no regular file stays.
message --canonical good "$cases/dkim-sig/good.eml"; exits 0; err_empty
rm good/1-body.txt; mkdir good/1-body.txt
message --canonical good "$cases/dkim-sig/good.eml"; exits 3; err_has 'no regular file'
rm -r good/1-body.txt; touch elsewhere; ln -s ../elsewhere good/1-body.txt
message --canonical good "$cases/dkim-sig/good.eml"; exits 3; err_has 'no regular file'
[ ! -s elsewhere ] || fail 'wrote through a link'
message --canonical elsewhere/x "$cases/dkim-sig/good.eml"; exits 3; err_has 'cannot make'

# One message only; one without signatures leaves the folder empty.
message --canonical many "$cases/dkim-sig/good.eml" "$cases/dkim-sig/body.eml"
exits 2; err_has 'one message'; [ ! -e many ] || fail 'made the folder'
printf 'From: a@example.com\n\nHi\n' >plain.eml
message --canonical none plain.eml; exits 0; [ -z "$(ls none)" ] || fail 'files of no signature'

# Signatures that are not verified are not written: each would get a copy of the body.
{ for i in $(seq 30); do sed -n '/^DKIM-Signature/,/^From/p' "$cases/dkim-sig/good.eml" | sed '$d'; done
  cat "$cases/dkim-sig/good.eml"; } >thirty.eml
message --canonical thirty thirty.eml; exits 0; err_has 'only the first 20 DKIM-Signature fields'
[ "$(ls thirty | wc -l)" = 40 ] || fail "$(ls thirty | wc -l) files of 20 signatures"

done_testing
