/* What providers would do with a message as JSON (docs/FORMATS.md). */
#ifndef MD_PROFILES_JSON_H
#define MD_PROFILES_JSON_H

#include <jansson.h>

#include "profile/profile.h"

json_t *md_profiles_json(struct md_arena *, const struct md_profiles *);

#endif
