/* The rules of the dkim-sig check. */
#include "rules.h"

const struct md_rule md_dkim_sig_rules[MD_DKIM_SIG_RULES] = {
	[SIG_NONE] = {
		.id = "dkim.sig-none",
		.severity = MD_FAIL,
		.title = "Message has no DKIM signature",
		.fix = "Turn on signing in the last server that changes the message before it "
		       "leaves. Large receivers refuse or file away unsigned mail, and after "
		       "forwarding a signature is all that is left for DMARC.",
		.reference = "RFC 6376 section 6.3; RFC 9989 sections 5.1.2, 7.4",
	},
	[SIG_PASS] = {
		.id = "dkim.sig-pass",
		.severity = MD_PASS,
		.title = "Signature verifies",
		.fix = "Nothing to do.",
		.reference = "RFC 6376 sections 3.9, 6.1",
	},
	[SIG_BODY_HASH] = {
		.id = "dkim.sig-body-hash",
		.severity = MD_FAIL,
		.title = "Body has changed after signing",
		.fix = "Sign after the last change of the content (footers, virus scanners, "
		       "link tracking), or have that change made elsewhere. A file saved by a "
		       "mail program may have been changed by it.",
		.reference = "RFC 6376 sections 3.4.3, 3.4.4, 3.7, 6.1.3 step 3",
	},
	[SIG_BAD] = {
		.id = "dkim.sig-bad-signature",
		.severity = MD_FAIL,
		.title = "Signed header has changed after signing",
		.fix = "Find out who rewrites that field after signing, and stop it or sign "
		       "later; relaxed header canonicalization survives new folds and blanks.",
		.reference = "RFC 6376 sections 3.4.1, 3.4.2, 3.7, 6.1.3 step 4",
	},
	[SIG_WRONG_KEY] = {
		.id = "dkim.sig-wrong-key",
		.severity = MD_FAIL,
		.title = "Signature was not made with the published key",
		.fix = "Publish the public key that belongs to the signer's private key: after "
		       "a rotation use a new selector instead of an old one again.",
		.reference = "RFC 6376 sections 3.3, 6.1.3 step 4; RFC 8017 section 8.2.2",
	},
	[SIG_SYNTAX] = {
		.id = "dkim.sig-syntax",
		.severity = MD_FAIL,
		.title = "Signature is malformed",
		.fix = "Update or repair the signer: verifiers refuse such a signature unread.",
		.reference = "RFC 6376 sections 3.2, 3.5, 6.1.1",
	},
	[SIG_SHA1] = {
		.id = "dkim.sig-sha1",
		.severity = MD_FAIL,
		.title = "Signature by rsa-sha1",
		.fix = "Sign with rsa-sha256: verifiers must not accept SHA-1.",
		.reference = "RFC 8301 section 3.1",
	},
	[SIG_FROM_UNSIGNED] = {
		.id = "dkim.sig-from-unsigned",
		.severity = MD_FAIL,
		.title = "From is not signed",
		.fix = "Sign the From field: without it no signature is valid.",
		.reference = "RFC 6376 sections 5.4, 6.1.1",
	},
	[SIG_IDENTITY] = {
		.id = "dkim.sig-i-not-subdomain",
		.severity = MD_FAIL,
		.title = "Signer's identity i= is not in the domain d=",
		.fix = "Leave i= out, or set it to the domain of d= or below; where the key "
		       "record has t=s, to exactly that domain.",
		.reference = "RFC 6376 sections 3.5, 3.6.1, 3.10, 6.1.1",
	},
	[SIG_EXPIRED] = {
		.id = "dkim.sig-expired",
		.severity = MD_FAIL,
		.title = "Signature had expired",
		.fix = "Let signatures last longer than mail waits in queues (a week or more), "
		       "or leave x= out. x= must be later than t=.",
		.reference = "RFC 6376 sections 3.5, 6.1.1",
	},
	[SIG_KEY_MISSING] = {
		.id = "dkim.sig-key-missing",
		.severity = MD_FAIL,
		.title = "No key record for the signature",
		.fix = "Publish the key of this selector, or sign with one whose key is "
		       "published. Leave old keys in the DNS for a week after a rotation.",
		.reference = "RFC 6376 sections 3.6.2.1, 6.1.2 step 3",
	},
	[SIG_KEY_REVOKED] = {
		.id = "dkim.sig-key-revoked",
		.severity = MD_FAIL,
		.title = "Key of the signature is revoked",
		.fix = "Sign with a selector whose key is published: this one was "
		       "withdrawn (p= is empty).",
		.reference = "RFC 6376 sections 3.6.1, 6.1.2 step 7",
	},
	[SIG_KEY_UNUSABLE] = {
		.id = "dkim.sig-key-unusable",
		.severity = MD_FAIL,
		.title = "Key record cannot be used for the signature",
		.fix = "Publish the record that the signer shows, of the type that a= of "
		       "the signature has.",
		.reference = "RFC 6376 sections 3.6.1, 6.1.2 steps 5 to 9",
	},
	[SIG_KEY_SHORT] = {
		.id = "dkim.sig-key-short",
		.severity = MD_FAIL,
		.title = "Key is too short to be valid",
		.fix = "Make a new key of 2048 bits, publish it at a new selector, and "
		       "sign with that.",
		.reference = "RFC 8301 section 3.2",
	},
	[SIG_KEY_UNKNOWN] = {
		.id = "dkim.sig-key-unknown",
		.severity = MD_UNSURE,
		.title = "Key of a signature could not be looked up",
		.fix = "Ask again later. If it lasts, tell whoever runs those name servers: "
		       "receivers answer temperror meanwhile.",
		.reference = "RFC 6376 section 6.1.2 step 2",
	},
	[SIG_OTHER_BROKEN] = {
		.id = "dkim.sig-other-broken",
		.severity = MD_WARN,
		.title = "A signature is broken, beside one that verifies",
		.fix = "The good signature is enough for DKIM and DMARC. Repair or turn off "
		       "the other signer; one of a mailing list or forwarder is theirs.",
		.reference = "RFC 6376 section 6.1",
	},
	[SIG_HELD] = {
		.id = "dkim.sig-passed-at-receiver",
		.severity = MD_INFO,
		.title = "Signature passed at the receiver, and does not verify now",
		.fix = "Nothing for the sender to do: the message was changed after the receipt "
		       "(mail programs do, when they show or save it), or the key was taken out of "
		       "the DNS since, as is usual after a rotation.",
		.reference = "RFC 6376 section 6.1; RFC 8601 section 2.7.1",
	},
	[SIG_NONE_BOUNCE] = {
		.id = "dkim.sig-none-bounce",
		.severity = MD_INFO,
		.title = "Bounce has no DKIM signature",
		.fix = "Nothing need be done while SPF passes for the HELO name. Signed bounces "
		       "survive forwarding, too.",
		.reference = "RFC 7208 section 2.4; RFC 9989 section 4.4.2",
	},
	[SIG_KEY_SEVERAL] = {
		.id = "dkim.sig-key-several",
		.severity = MD_WARN,
		.title = "Several key records at the selector",
		.fix = "Keep the record that the signer uses and delete the others: which one "
		       "a verifier takes is not defined.",
		.reference = "RFC 6376 sections 3.6.2.2, 6.1.2 step 4",
	},
	[SIG_KEY_TESTING] = {
		.id = "dkim.sig-key-testing",
		.severity = MD_WARN,
		.title = "Key is in test mode (t=y)",
		.fix = "Take the flag y out of t=: verifiers are told to treat the mail as if "
		       "it were not signed.",
		.reference = "RFC 6376 section 3.6.1",
	},
	[SIG_EXPIRED_SINCE] = {
		.id = "dkim.sig-expired-since",
		.severity = MD_INFO,
		.title = "Signature has expired since the message came",
		.fix = "Nothing to do: it was valid when it counted.",
		.reference = "RFC 6376 section 3.5",
	},
	[SIG_FUTURE] = {
		.id = "dkim.sig-future",
		.severity = MD_WARN,
		.title = "Signature is from the future",
		.fix = "Set the clock of the signing server by NTP.",
		.reference = "RFC 6376 section 3.5",
	},
	[SIG_FIELD_ADDED] = {
		.id = "dkim.sig-field-added",
		.severity = MD_FAIL,
		.title = "Field is there more often than the signature covers",
		.fix = "Have fields that must be there once written only once, and list them "
		       "in h= once more than present, so that none can be added.",
		.reference = "RFC 6376 sections 5.4.2, 8.15",
	},
	[SIG_BODY_ADDED] = {
		.id = "dkim.sig-body-added",
		.severity = MD_FAIL,
		.title = "Body goes on after what is signed (l=)",
		.fix = "Sign without l=: whatever stands after its length was not signed.",
		.reference = "RFC 6376 sections 3.5, 8.2",
	},
	[SIG_L] = {
		.id = "dkim.sig-l-tag",
		.severity = MD_WARN,
		.title = "Signature limits the body's length (l=)",
		.fix = "Sign without l=: anybody can add content under a valid signature.",
		.reference = "RFC 6376 sections 3.5, 8.2",
	},
	[SIG_MISSING_IN_H] = {
		.id = "dkim.sig-header-missing-in-h",
		.severity = MD_WARN,
		.title = "Important fields are not signed",
		.fix = "Add them to the fields that the signer signs.",
		.reference = "RFC 6376 sections 5.4, 5.4.1",
	},
	[SIG_NOT_OVERSIGNED] = {
		.id = "dkim.sig-not-oversigned",
		.severity = MD_INFO,
		.title = "Fields could be added under the signature",
		.fix = "List them in h= once more than they are there "
		       "(OpenDKIM: OversignHeaders).",
		.reference = "RFC 6376 sections 5.4, 5.4.2, 8.15",
	},
	[SIG_FRAGILE] = {
		.id = "dkim.sig-8bit-or-longline",
		.severity = MD_WARN,
		.title = "Content that may be rewritten after signing",
		.fix = "Encode as quoted-printable or base64 before signing: servers that pass "
		       "such content on may have to change it, and so break the signature.",
		.reference = "RFC 6376 section 5.3; RFC 5321 section 4.5.3.1.6",
	},
	[SIG_BODY_HASHED_WRONG] = {
		.id = "dkim.sig-body-hashed-wrong",
		.severity = MD_FAIL,
		.title = "Signer has hashed the body wrongly",
		.fix = "Update or replace the signer: nobody has changed the body, but no "
		       "receiver comes to the hash that it wrote. Where only empty bodies are "
		       "hashed wrongly, the other canonicalization of the body in c= avoids it "
		       "until then.",
		.reference = "RFC 6376 sections 3.4.3, 3.4.4, 3.7, 5.3",
	},
	[SIG_U_LABEL] = {
		.id = "dkim.sig-domain-u-label",
		.severity = MD_WARN,
		.title = "Signing domain is written with letters outside ASCII",
		.fix = "Write the domain in d= and i= as its A-label (xn--...): many verifiers "
		       "look for the key at the octets as they stand, and find none.",
		.reference = "RFC 6376 section 3.5; RFC 8616 section 4",
	},
};
