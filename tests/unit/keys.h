/* Public keys for tests, as base64: generated with openssl, save those that name a source. */
#ifndef KEYS_H
#define KEYS_H

/* A domain's key of 1024 bits as it was published; SubjectPublicKeyInfo. */
#define RSA_1024                                                                               \
	"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDpfBRMbRpbdxwFtADmc6wUUQtP"                     \
	"XAFrc4yxthITpdl5QvS2+lUVyuEXRqwQn0B+8QTPvJa5Oe0+tWSZZaQokuId9tCr"                     \
	"QeJr+gXlbq/jpDCBt/MHdkYhGjy1ziUfhYfchbHiZim7EvBd2Hu5/pRpLUYsYKGl"                     \
	"n5es01x3lyY93bOaiQIDAQAB"

#define RSA_512                                                                                \
	"MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAMUHw2rB++nsvMTtcMbtmgUfnevQEVnV"                     \
	"H0S+7ST1XPQt2FEGpq328vMezmU5WcUI2usKTU09lEKH3nZyNf6HfE0CAwEAAQ=="
#define RSA_1023                                                                               \
	"MIGeMA0GCSqGSIb3DQEBAQUAA4GMADCBiAKBgFxCuX2wyVPmW5ZMOoRfK/rqmlMj"                     \
	"l7vGWYSLPR+WqNlTEYNQviKPKtPcrQ5o1Nv0UwhY1EEvLY0TatomemGFBsDenb8F"                     \
	"9I7SugThI1NDBqdr1zGKsS4AqbH9JwlkLRnLFzfdf/y5apihzsTLRklseBrZvNCm"                     \
	"SCKv5nmy0KDkP1jBAgMBAAE="
#define RSA_2048                                                                               \
	"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAo7K2q2qx/K1gmDr2aqTE"                     \
	"kegp5tIAdM4VzNfPely0UYioXbHNO0AjBlcm2Qljqwjyeis7wzV7Cqp5g0Qn/mCh"                     \
	"Qmcbe+FGB9OiZH/LqhJhvK6KiyFREKbHtxfbrwdqJCc4vFOOj1CycuF48lC0gkzD"                     \
	"NR/m29f21nYFadEP1efcZ9NABztFfFiA2DFBxCRyPsuFBiOv1VRNFj789Fl86Zfn"                     \
	"kHrtKp/mJmMMWgwyrYyesW22Jz2pNAZ/SJVCxFKnOLSrkRppWbiJ3AaV1K2Ps5sg"                     \
	"RbjWQTrozucPzgSPudQHUb0iKh5yT1uSB3AZkKtBD6Lm5IGMZs66GUu/UsT5LJ1h"                     \
	"SQIDAQAB"

/* RSAPublicKey without SubjectPublicKeyInfo around it. */
#define RSA_1024_BARE                                                                          \
	"MIGJAoGBANLkK1dUUwzDe3KO1f8u4+R4Dt0nUfHhCmKzCuCxrrgpjROmtw9ESIjS"                     \
	"02z0+gEOwgFZXIte4JxGQoyVPHL5HtPUPF25blXdrBI8vo3PnlPe7b1dFLyvCVxB"                     \
	"QBIi06i8wg+dltGO4hg88PpdjGif87k5OCgYUlXBO3Uv/TmrhMQPAgMBAAE="

/* RFC 8463 A.2, and the same in SubjectPublicKeyInfo. */
#define ED25519 "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
#define ED25519_SPKI "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="

/* ECDSA on P-256, which DKIM does not have. */
#define EC_P256                                                                                \
	"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENXkmaJbcE878bDZTrriKk4jKgZgE"                     \
	"EHJjODuKMjKXzIh7+p+wAGEQ7V8cGGmZZoi54V9HLxsGF/tUdNvH3vy/rw=="

/* The beginning that all RSAPrivateKeys have: a version number, then the modulus. */
#define PRIVATE "MAYCAQACAQU="

#endif
