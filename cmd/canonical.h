/* What the signatures of a message were made over, as files. */
#ifndef CLI_CANONICAL_H
#define CLI_CANONICAL_H

#include "base/arena.h"
#include "base/str.h"

/*
 * Writes N-header.txt and N-body.txt for the Nth DKIM-Signature of this message into the folder
 * `dir`, which is made when it is missing; arc-N-header.txt and arc-N-body.txt for
 * ARC-Message-Signatures.  Each file appears whole, in place of a regular file only.  False
 * after a message.
 */
bool cli_canonical_write(struct md_arena *, const char *dir, struct md_str octets);

#endif
