/* Trials of one line: --set and --unset. */
#include "base/name.h"
#include "dns/wire.h"
#include "proposal/read.h"

static struct md_str
next_word(struct md_str *rest)
{
	struct md_str word;

	*rest = md_str_trim(*rest, " \t");
	word = (struct md_str){ rest->p, 0 };
	while (word.len < rest->len && rest->p[word.len] != ' ' && rest->p[word.len] != '\t')
		word.len++;
	*rest = md_str_trim(md_str_skip(*rest, word.len), " \t");
	return word;
}

/* Takes NAME, perhaps a TTL and "IN", and TYPE off the text. */
static bool
read_head(struct md_arena *mem, const char *what, struct md_str *rest, struct md_rr *rr,
          const char **why)
{
	const struct md_str all = *rest, name = next_word(rest);
	struct md_str type = next_word(rest);
	unsigned long ttl = 300;

	if (md_str_number(type, INT32_MAX, &ttl))
		type = next_word(rest);
	if (md_str_eq_nocase(type, "IN"))
		type = next_word(rest);
	rr->owner = md_name_normal(mem, name);
	rr->ttl = (uint32_t)ttl;
	rr->type = md_type_find(type);
	if (name.len > 0 && md_name_fits(rr->owner) && rr->type != 0 && rr->type != MD_ANY)
		return true;
	*why = md_printf(mem, "%s: %s does not begin with a NAME and a TYPE of record", what,
	                 md_excerpt(mem, all));
	return false;
}

/* The shell takes one pair of quotes for itself; a TXT with blanks needs another. */
static void
judge_blanks(struct md_proposal_builder *b, const struct md_rr *rr, struct md_str rdata)
{
	if ((rr->type != MD_TXT && rr->type != MD_SPF) || rr->txt.n < 2 ||
	    md_str_starts(rdata, "\""))
		return;
	md_proposal_take_fault(
	        b, &(struct md_input_fault){
	                   .rule = "zone.txt-unquoted",
	                   .name = rr->owner,
	                   .evidence = md_printf(
	                           md_proposal_mem(b),
	                           "unquoted, so these are %zu strings, and what lies between "
	                           "them is lost: --set '%s TXT \"...\"'",
	                           rr->txt.n, rr->owner),
	                   .place = { "--set", 0, NULL },
	                   .type = rr->type });
}

bool
md_proposal_set(struct md_proposal_builder *b, const char *text, const char **why)
{
	struct md_arena *mem = md_proposal_mem(b);
	struct md_str rest = md_str(text);
	struct md_rr rr = { .owner = "" };
	const char *wrong;

	if (!read_head(mem, "--set", &rest, &rr, why))
		return false;
	if (!md_rr_parse(mem, md_strndup(mem, rest.p, rest.len), &rr, &wrong)) {
		*why = md_printf(mem, "--set %s: %s", md_excerpt(mem, md_str(text)), wrong);
		return false;
	}
	md_proposal_take_record(b, &rr, (struct md_place){ "--set", 0, NULL });
	judge_blanks(b, &rr, rest);
	return true;
}

bool
md_proposal_unset(struct md_proposal_builder *b, const char *text, const char **why)
{
	struct md_arena *mem = md_proposal_mem(b);
	struct md_str rest = md_str(text);
	struct md_rr rr = { .owner = "" };

	if (!read_head(mem, "--unset", &rest, &rr, why))
		return false;
	if (rest.len > 0) {
		*why = md_printf(mem,
		                 "--unset %s: only a NAME and a TYPE, all records of it go",
		                 md_excerpt(mem, md_str(text)));
		return false;
	}
	md_proposal_take_change(b, &(struct md_change){ .kind = MD_CHANGE_UNSET,
	                                                .name = rr.owner,
	                                                .type = rr.type,
	                                                .why = "",
	                                                .place = { "--unset", 0, NULL } });
	return true;
}
