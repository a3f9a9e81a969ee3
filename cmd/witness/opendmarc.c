/* libopendmarc's opinion of a message: what receivers of RFC 7489 conclude. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <opendmarc/dmarc.h>

#include "witness.h"

/* ---- the public suffixes ---- */

/*
 * It has no list of its own, and reads one from a file: here is one of the suffixes of the
 * names in question, one a line, that is on no disk.
 */
static void
prepare(struct witness *w)
{
	struct md_str rest = md_str(witness_input(w, "suffixes")), suffix;
	const int fd = memfd_create("suffixes", 0);
	char comment[] = "//", drop[] = "*.", except[] = "!";
	char *path = md_printf(w->mem, "/proc/self/fd/%d", fd);
	OPENDMARC_LIB_T library;

	memset(&library, 0, sizeof(library));
	while (md_str_cut(&rest, ' ', &suffix))
		dprintf(fd, "%.*s\n", MD_FMT(suffix));
	if (fd < 0 || opendmarc_tld_read_file(path, comment, drop, except) != 0)
		witness_refuse(w, "libopendmarc cannot read the public suffixes");
	close(fd);
	opendmarc_policy_library_init(&library);
}

/* ---- one signature at a time ---- */

static u_char *
text(struct witness *w, const char *s)
{
	return (u_char *)md_strdup(w->mem, s);
}

static int
spf_outcome(const char *result)
{
	if (strcmp(result, "pass") == 0)
		return DMARC_POLICY_SPF_OUTCOME_PASS;
	if (strcmp(result, "temperror") == 0)
		return DMARC_POLICY_SPF_OUTCOME_TMPFAIL;
	return strcmp(result, "none") == 0 ? DMARC_POLICY_SPF_OUTCOME_NONE
	                                   : DMARC_POLICY_SPF_OUTCOME_FAIL;
}

/* The organisational domain is told only where its record was used: then sp= counts. */
static void
give_record(struct witness *w, DMARC_POLICY_T *policy)
{
	const char *author = witness_input(w, "author");
	const char *found = witness_input(w, "found");
	const bool own = strcmp(author, found) == 0;
	int status = opendmarc_policy_store_from_domain(policy, text(w, author));

	if (status != DMARC_PARSE_OKAY)
		witness_refuse(w, "libopendmarc does not take the author domain");
	status = opendmarc_policy_store_dmarc(policy, text(w, witness_input(w, "record")),
	                                      text(w, author), own ? NULL : text(w, found));
	if (status != DMARC_PARSE_OKAY)
		witness_opine(w, "absent", opendmarc_policy_status_to_str(status));
}

struct outcome {
	int policy;
	bool spf, dkim; /* aligned */
};

/*
 * Of two results of DKIM the later one may undo the earlier: so each has a policy context of
 * its own.  "" for none.
 */
static struct outcome
judge(struct witness *w, const char *dkim)
{
	u_char address[] = "192.0.2.1"; /* which it never uses */
	DMARC_POLICY_T *policy = opendmarc_policy_connect_init(address, 0);
	const char *spf = witness_input(w, "spf_domain");
	struct outcome o;
	int spf_alignment = 0, dkim_alignment = 0;

	if (policy == NULL)
		witness_refuse(w, "there is no memory");
	give_record(w, policy);
	if (spf[0] != '\0')
		opendmarc_policy_store_spf(policy, text(w, spf),
		                           spf_outcome(witness_input(w, "spf_result")),
		                           DMARC_POLICY_SPF_ORIGIN_MAILFROM, NULL);
	if (dkim[0] != '\0')
		opendmarc_policy_store_dkim(policy, text(w, dkim), text(w, "s"),
		                            DMARC_POLICY_DKIM_OUTCOME_PASS, NULL);
	o.policy = opendmarc_get_policy_to_enforce(policy);
	opendmarc_policy_fetch_alignment(policy, &dkim_alignment, &spf_alignment);
	o.spf = spf_alignment == DMARC_POLICY_SPF_ALIGNMENT_PASS;
	o.dkim = dkim_alignment == DMARC_POLICY_DKIM_ALIGNMENT_PASS;
	return o;
}

static const char *
word(struct witness *w, int policy)
{
	switch (policy) {
	case DMARC_POLICY_PASS:
		return "pass";
	case DMARC_POLICY_NONE:
		return "none";
	case DMARC_POLICY_QUARANTINE:
		return "quarantine";
	case DMARC_POLICY_REJECT:
		return "reject";
	case DMARC_POLICY_ABSENT:
		return "absent";
	default:
		witness_refuse(w, "libopendmarc says %s",
		               opendmarc_policy_status_to_str(policy));
	}
}

static void
testify(struct witness *w)
{
	struct md_str rest = md_str(witness_input(w, "dkim")), domain;
	struct outcome best = judge(w, "");

	if (best.spf)
		witness_part(w, "spf %s", witness_input(w, "spf_domain"));
	while (md_str_cut(&rest, ' ', &domain)) {
		const char *dkim = md_strndup(w->mem, domain.p, domain.len);
		const struct outcome o = judge(w, dkim);

		if (o.dkim)
			witness_part(w, "dkim %s", dkim);
		if (o.policy == DMARC_POLICY_PASS)
			best = o;
	}
	witness_opine(w, word(w, best.policy), "");
}

const struct engine libopendmarc = { .name = "libopendmarc",
	                             .prepare = prepare,
	                             .testify = testify };
