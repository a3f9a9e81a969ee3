/* How SPF is told. */
#ifndef MD_SPF_TELL_H
#define MD_SPF_TELL_H

#include "doc/doc.h"
#include "spf/view.h"

/* How an evaluation went, step by step (tell_trace.c). */
void md_spf_tell_trace(struct md_doc *, const struct md_spf_view *,
                       const struct md_spf_asked *);

#endif
