/* All providers' requirements of a data file, held against a message's facts. */
#ifndef MD_PROFILE_JUDGE_H
#define MD_PROFILE_JUDGE_H

#include "profile/file.h"
#include "profile/key.h"

/* Of the providers that the subject names, else of all; in memory of the context. */
const struct md_profiles *md_profiles_judge(struct md_ctx *, const struct md_profile_facts *,
                                            const struct md_profile_lines *);

#endif
