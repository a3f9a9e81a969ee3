#!/bin/bash
# maildiag sign and keygen: options, the message left as it was, keys kept safe.
# shellcheck disable=SC1091,SC2034,SC2154,SC2216,SC2013,SC2016,SC2094 # what lib.sh defines and reads
. "$(dirname "$0")/lib.sh"

# keygen: a key that only its owner can read, never in the place of another; the record.
run keygen --domain example.com --selector s1; exits 0; err_empty
out_has '^s1._domainkey.example.com. IN TXT "v=DKIM1; k=rsa; p=MII[^"]*" "[^"]*"$'
[ "$(stat -c %a s1.example.com.key)" = 600 ] || fail 'others can read the key'
[ "$(tr -d '"' <out | sed 's/.*p=//; s/ //g')" = "$(openssl pkey -in s1.example.com.key -pubout |
	grep -v -e - | tr -d '\n')" ] || fail 'not the public key of the private one'
openssl pkey -in s1.example.com.key -noout -text | grep -q '2048 bit' || fail 'not 2048 bits'
cp s1.example.com.key before
run keygen --domain example.com --selector s1; complains 3 'no key is ever overwritten'
cmp -s before s1.example.com.key || fail 'the key was overwritten'
ln -s gone link.key
run keygen --domain example.com --selector s1 --out link.key; complains 3 'link.key'
[ ! -e gone ] || fail 'written through a link'
(umask 0; "$maildiag" keygen --type ed25519 --domain Bücher.example --selector E1 --out e1.key >out 2>err)
status=$?; exits 0
out_has '^e1._domainkey.xn--bcher-kva.example. IN TXT "v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]\{43\}="$'
[ "$(stat -c %a e1.key)" = 600 ] || fail 'others can read the key'
run keygen --domain example.com --selector w --bits 1024 --out weak.key; exits 0; err_has 'weak'
run keygen --domain example.com --selector w --bits 512; complains 2 '1024 to 8192'
run keygen --domain example.com --selector w --bits 9000; complains 2 '1024 to 8192'
run keygen --domain example.com --selector w --type ed25519 --bits 2048; complains 2 'one size'
run keygen --domain example.com; complains 2 'needs --domain and --selector'
run keygen --domain 192.0.2.1 --selector x; complains 2 '--domain'
run keygen --domain example.com --selector 'a b'; complains 2 'no selector'
run keygen --domain example.com --selector ../x; complains 2 'no selector'
run keygen --domain example.com --selector x --out no/such/x; complains 3 'no/such/x: No such'
run keygen example.com; complains 2 'options only'
what='keygen >/dev/full'
"$maildiag" keygen --domain example.com --selector full >/dev/full 2>err; status=$?; : >out; exits 3

# sign: the field in front, all else as it was, line ends too.
sign() {
	what="maildiag sign $*"
	"$maildiag" sign --domain example.com --selector s1 --key s1.example.com.key "$@" >out 2>err <in
	status=$?
}
# The message behind the field is what stood in `in`.
intact() { tail -c "$(stat -c %s in)" out | cmp -s - in || fail 'the message was changed'; }
printf 'From: a@example.com\nSubject: x\n  y\n\nHi  \n\n\n' >in
sign; exits 0; err_empty; intact
out_has '^DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s1;$'
out_lacks "$(printf '\r')"; out_lacks 'PRIVATE'
sed 's/$/\r/' in >crlf; cp crlf in
sign; exits 0; err_empty; intact
[ "$(grep -c "$(printf '\r$')" out)" -eq "$(wc -l <out)" ] || fail 'LF among CRLF'
sign in; exits 0; intact
sign in --now 2026-11-21T07:00:00Z --expire 60; exits 0
out_has 't=1795244400;'; tr -d '\r\n ' <out | grep -q 'x=1795244460;' || fail 'no x='
sign --canonicalization simple/relaxed; exits 0; out_has 'c=simple/relaxed;'
sign --sign-headers From:From:To --identity joe@example.com; exits 0; err_empty; intact
out_has 'i=joe@example.com;'; out_has 'h=From:From:To;'
printf 'From: a@example.com' >in; sign; exits 0; err_empty; intact
cp e1.key in; "$maildiag" sign --domain example.com --selector e --key e1.key <crlf >out 2>err
status=$?; exits 0; out_has 'a=ed25519-sha256'

# What cannot be signed, and what is doubtful.
cp crlf in
sign --identity joe@example.net; complains 2 'is not USER@example.com'
sign --sign-headers To; complains 2 'From is not among'
sign --canonicalization relaxed; complains 2 'no value'
sign --expire soon; complains 2 'no number of seconds'
sign --expire 0; complains 2 'no number of seconds'
sign in in; complains 2 'one message'
sign gone; complains 3 'gone: No such file'
printf 'To: a@b\n\nHi\n' >in; sign; complains 3 'no From field'
printf 'From: a@b\r\n\nHi\n' >in; sign; complains 3 'some of its lines end in LF'
printf 'From: a@b\r\n\r\nHi\rthere\r\n' >in; sign; complains 3 'CR without LF'
: >in; sign; complains 3 'standard input: it is empty'
printf 'From a 07:00\nFrom: a\n\nHi\n\nFrom b 07:00\nFrom: b\n' >in; sign; complains 3 'one at a time'
printf 'From: \xc3\xa9@b\n\nHi\n' >in; sign; exits 0; err_has 'warning: .*not ASCII'; intact
cp crlf in
run sign --domain example.com --selector s1; complains 2 'needs the private key'
sign --key gone.key; complains 3 'gone.key: No such file'
sign --key in; complains 3 'no private key in PEM'
openssl pkey -in s1.example.com.key -pubout -out public.key
sign --key public.key; complains 3 'no private key in PEM'
openssl pkey -in s1.example.com.key -aes128 -passout pass:x -out locked.key
sign --key locked.key; complains 3 'without a pass phrase'
openssl ecparam -name prime256v1 -genkey -noout -out ec.key
sign --key ec.key; complains 3 'neither an RSA nor an Ed25519'
openssl genrsa -out short.key 1016 2>/dev/null
sign --key short.key; complains 3 'less than 1024 bits'
sign --key weak.key; exits 0; err_has 'warning: RSA with 1024 bits'
openssl rsa -traditional -in s1.example.com.key -out pkcs1.key 2>/dev/null; chmod 600 pkcs1.key
sign --key pkcs1.key; exits 0; err_empty
chmod 644 pkcs1.key
sign --key pkcs1.key; exits 0; err_has 'warning: everybody on this machine can read'
what='sign >/dev/full'
"$maildiag" sign --domain example.com --selector s1 --key s1.example.com.key <crlf >/dev/full 2>err
status=$?; : >out; exits 3; err_has 'No space left'

done_testing
