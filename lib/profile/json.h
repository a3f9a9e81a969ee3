/* What providers would do with a message as JSON (docs/FORMATS.md). */
#ifndef MD_PROFILE_JSON_H
#define MD_PROFILE_JSON_H

#include "profile/profile.h"

struct md_json;

/* The member "profiles". */
void md_profiles_json(struct md_json *, const struct md_profiles *);

#endif
