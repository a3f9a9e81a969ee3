/* The rules of the dkim-sig check. */
#include "dkim_sig.h"

const struct md_rule md_dkim_sig_rules[MD_DKIM_SIG_RULES] = {
	[SIG_NONE] = { "dkim.sig-none", MD_FAIL, "Message has no DKIM signature",
	               "Turn on signing in the last server that changes the message before it "
	               "leaves. Large receivers refuse or file away unsigned mail, and after "
	               "forwarding a signature is all that is left for DMARC.",
	               "RFC 6376 section 6.3; RFC 9989 sections 5.1.2, 7.4" },
	[SIG_PASS] = { "dkim.sig-pass", MD_PASS, "Signature verifies", "Nothing to do.",
	               "RFC 6376 sections 3.9, 6.1" },
	[SIG_BODY_HASH] = { "dkim.sig-body-hash", MD_FAIL, "Body has changed after signing",
	                    "Sign after the last change of the content (footers, virus scanners, "
	                    "link tracking), or have that change made elsewhere. A file saved by "
	                    "a mail program may have been changed by it.",
	                    "RFC 6376 sections 3.4.3, 3.4.4, 3.7, 6.1.3 step 3" },
	[SIG_BAD] = { "dkim.sig-bad-signature", MD_FAIL,
	              "Signed header has changed after signing",
	              "Find out who rewrites that field after signing, and stop it or sign later; "
	              "relaxed header canonicalization survives new folds and blanks.",
	              "RFC 6376 sections 3.4.1, 3.4.2, 3.7, 6.1.3 step 4" },
	[SIG_WRONG_KEY] = { "dkim.sig-wrong-key", MD_FAIL,
	                    "Signature was not made with the published key",
	                    "Publish the public key that belongs to the signer's private key: "
	                    "after a rotation use a new selector instead of an old one again.",
	                    "RFC 6376 sections 3.3, 6.1.3 step 4; RFC 8017 section 8.2.2" },
	[SIG_SYNTAX] = { "dkim.sig-syntax", MD_FAIL, "Signature is malformed",
	                 "Update or repair the signer: verifiers refuse such a signature unread.",
	                 "RFC 6376 sections 3.2, 3.5, 6.1.1" },
	[SIG_SHA1] = { "dkim.sig-sha1", MD_FAIL, "Signature by rsa-sha1",
	               "Sign with rsa-sha256: verifiers must not accept SHA-1.",
	               "RFC 8301 section 3.1" },
	[SIG_FROM_UNSIGNED] = { "dkim.sig-from-unsigned", MD_FAIL, "From is not signed",
	                        "Sign the From field: without it no signature is valid.",
	                        "RFC 6376 sections 5.4, 6.1.1" },
	[SIG_IDENTITY] = { "dkim.sig-i-not-subdomain", MD_FAIL,
	                   "Signer's identity i= is not in the domain d=",
	                   "Leave i= out, or set it to the domain of d= or below; where the key "
	                   "record has t=s, to exactly that domain.",
	                   "RFC 6376 sections 3.5, 3.6.1, 3.10, 6.1.1" },
	[SIG_EXPIRED] = { "dkim.sig-expired", MD_FAIL, "Signature had expired",
	                  "Let signatures last longer than mail waits in queues (a week or more), "
	                  "or leave x= out. x= must be later than t=.",
	                  "RFC 6376 sections 3.5, 6.1.1" },
	[SIG_KEY_MISSING] = { "dkim.sig-key-missing", MD_FAIL,
	                      "No key record for the signature",
	                      "Publish the key of this selector, or sign with one whose key is "
	                      "published. Leave old keys in the DNS for a week after a rotation.",
	                      "RFC 6376 sections 3.6.2.1, 6.1.2 step 3" },
	[SIG_KEY_REVOKED] = { "dkim.sig-key-revoked", MD_FAIL,
	                      "Key of the signature is revoked",
	                      "Sign with a selector whose key is published: this one was withdrawn "
	                      "(p= is empty).",
	                      "RFC 6376 sections 3.6.1, 6.1.2 step 7" },
	[SIG_KEY_UNUSABLE] = { "dkim.sig-key-unusable", MD_FAIL,
	                       "Key record cannot be used for the signature",
	                       "Publish the record that the signer shows, of the type that a= of "
	                       "the signature has.",
	                       "RFC 6376 sections 3.6.1, 6.1.2 steps 5 to 9" },
	[SIG_KEY_SHORT] = { "dkim.sig-key-short", MD_FAIL, "Key is too short to be valid",
	                    "Make a new key of 2048 bits, publish it at a new selector, and sign "
	                    "with that.",
	                    "RFC 8301 section 3.2" },
	[SIG_KEY_UNKNOWN] = { "dkim.sig-key-unknown", MD_UNSURE,
	                      "Key of a signature could not be looked up",
	                      "Ask again later. If it lasts, tell whoever runs those name servers: "
	                      "receivers answer temperror meanwhile.",
	                      "RFC 6376 section 6.1.2 step 2" },
	[SIG_OTHER_BROKEN] = { "dkim.sig-other-broken", MD_WARN,
	                       "A signature is broken, beside one that verifies",
	                       "The good signature is enough for DKIM and DMARC. Repair or turn off "
	                       "the other signer; one of a mailing list or forwarder is theirs.",
	                       "RFC 6376 section 6.1" },
	[SIG_KEY_SEVERAL] = { "dkim.sig-key-several", MD_WARN,
	                      "Several key records at the selector",
	                      "Keep the record that the signer uses and delete the others: which "
	                      "one a verifier takes is not defined.",
	                      "RFC 6376 sections 3.6.2.2, 6.1.2 step 4" },
	[SIG_KEY_TESTING] = { "dkim.sig-key-testing", MD_WARN, "Key is in test mode (t=y)",
	                      "Take the flag y out of t=: verifiers are told to treat the mail as "
	                      "if it were not signed.",
	                      "RFC 6376 section 3.6.1" },
	[SIG_EXPIRED_SINCE] = { "dkim.sig-expired-since", MD_INFO,
	                        "Signature has expired since the message came",
	                        "Nothing to do: it was valid when it counted.",
	                        "RFC 6376 section 3.5" },
	[SIG_FUTURE] = { "dkim.sig-future", MD_WARN, "Signature is from the future",
	                 "Set the clock of the signing server by NTP.",
	                 "RFC 6376 section 3.5" },
	[SIG_FIELD_ADDED] = { "dkim.sig-field-added", MD_FAIL,
	                      "Field is there more often than the signature covers",
	                      "Have fields that must be there once written only once, and list "
	                      "them in h= once more than present, so that none can be added.",
	                      "RFC 6376 sections 5.4.2, 8.15" },
	[SIG_BODY_ADDED] = { "dkim.sig-body-added", MD_FAIL,
	                     "Body goes on after what is signed (l=)",
	                     "Sign without l=: whatever stands after its length was not signed.",
	                     "RFC 6376 sections 3.5, 8.2" },
	[SIG_L] = { "dkim.sig-l-tag", MD_WARN, "Signature limits the body's length (l=)",
	            "Sign without l=: anybody can add content under a valid signature.",
	            "RFC 6376 sections 3.5, 8.2" },
	[SIG_MISSING_IN_H] = { "dkim.sig-header-missing-in-h", MD_WARN,
	                       "Important fields are not signed",
	                       "Add them to the fields that the signer signs.",
	                       "RFC 6376 sections 5.4, 5.4.1" },
	[SIG_NOT_OVERSIGNED] = { "dkim.sig-not-oversigned", MD_INFO,
	                         "Fields could be added under the signature",
	                         "List them in h= once more than they are there (OpenDKIM: "
	                         "OversignHeaders).",
	                         "RFC 6376 sections 5.4, 5.4.2, 8.15" },
	[SIG_FRAGILE] = { "dkim.sig-8bit-or-longline", MD_WARN,
	                  "Content that may be rewritten after signing",
	                  "Encode as quoted-printable or base64 before signing: servers that pass "
	                  "such content on may have to change it, and so break the signature.",
	                  "RFC 6376 section 5.3; RFC 5321 section 4.5.3.1.6" },
};
