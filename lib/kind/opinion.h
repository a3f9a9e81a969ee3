/* Second opinions: questions and facts are md_opinion (witness/opinion.h). */
#ifndef MD_KIND_OPINION_H
#define MD_KIND_OPINION_H

#include "fact/kind.h"
#include "witness/opinion.h"

/* A question is the engine, the input, and perhaps the message that goes with it. */
extern const struct md_fact_kind md_opinion_kind;

#endif
