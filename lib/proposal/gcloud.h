/* gcloud dns: record sets as YAML, a document each, and the files of its transactions. */
#ifndef MD_PROPOSAL_GCLOUD_H
#define MD_PROPOSAL_GCLOUD_H

#include "base/yaml.h"
#include "proposal/read.h"

/* Are the documents those of "gcloud dns record-sets export" or of a transaction? */
bool md_input_is_gcloud(const struct md_yaml *documents);

bool md_input_gcloud(struct md_input *, const struct md_yaml *documents);

#endif
