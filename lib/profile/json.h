/* What providers would do with a message as JSON (docs/FORMATS.md). */
#ifndef MD_PROFILE_JSON_H
#define MD_PROFILE_JSON_H

#include "profile/profile.h"

struct md_json;

/* The member "profiles": where the JSON is brief, what is not met or not known. */
void md_profiles_json(struct md_json *, const struct md_profiles *);

/* The member "profiles" of a list: all that the data file says. */
void md_profiles_list_json(struct md_json *, struct md_str file);

#endif
