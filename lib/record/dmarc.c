/* Reads DMARC policy records by RFC 9989 section 4.8. */
#include "record/dmarc.h"

#include <string.h>

#include "base/arena.h"

static const char blanks[] = " \t";

/* NULL-terminated, so that it serves for the nearest name too. */
static const char *const tag_names[MD_DMARC_NTAGS + 1] = {
	[MD_DMARC_V] = "v",     [MD_DMARC_P] = "p",         [MD_DMARC_SP] = "sp",
	[MD_DMARC_NP] = "np",   [MD_DMARC_ADKIM] = "adkim", [MD_DMARC_ASPF] = "aspf",
	[MD_DMARC_PSD] = "psd", [MD_DMARC_T] = "t",         [MD_DMARC_FO] = "fo",
	[MD_DMARC_RUA] = "rua", [MD_DMARC_RUF] = "ruf",     [MD_DMARC_PCT] = "pct",
	[MD_DMARC_RF] = "rf",   [MD_DMARC_RI] = "ri",
};

static const char *const request_names[] = {
	[MD_DMARC_ABSENT] = "absent", [MD_DMARC_INVALID] = "invalid",
	[MD_DMARC_NONE] = "none",     [MD_DMARC_QUARANTINE] = "quarantine",
	[MD_DMARC_REJECT] = "reject",
};

/* What a reading in progress needs besides its result. */
struct reader {
	struct md_arena *mem;
	struct md_dmarc *record;
	struct md_dmarc_fault *faults;
};

const char *
md_dmarc_tag_name(enum md_dmarc_tag tag)
{
	return tag < MD_DMARC_NTAGS ? tag_names[tag] : "";
}

const char *
md_dmarc_request_name(enum md_dmarc_request request)
{
	return request_names[request];
}

static enum md_dmarc_tag
find_tag(struct md_str name)
{
	unsigned tag = 0;

	while (tag < MD_DMARC_NTAGS && !md_str_eq_nocase(name, tag_names[tag]))
		tag++;
	return (enum md_dmarc_tag)tag;
}

const char *
md_dmarc_nearest_tag(struct md_str name)
{
	/* Of names of one letter any letter is near. */
	return name.len > 1 ? md_nearest(name, tag_names) : NULL;
}

static struct md_str
part(struct md_str s, size_t from, size_t len)
{
	return (struct md_str){ s.p + from, len };
}

static void
blame(struct reader *r, struct md_dmarc_fault fault)
{
	if (r->record->nfaults < MD_DMARC_FAULTS_MAX)
		MD_PUSH(r->mem, r->faults, r->record->nfaults, fault);
}

static void
blame_syntax(struct reader *r, struct md_str at, const char *says)
{
	blame(r, (struct md_dmarc_fault){ MD_DMARC_SYNTAX, MD_DMARC_NTAGS, at, says, NULL });
}

static size_t
letters(struct md_str s)
{
	size_t n = 0;

	while (n < s.len && md_is_alpha(s.p[n]))
		n++;
	return n;
}

/* dmarc-value = %x20-3A / %x3C-7E; the semicolons were taken off before. */
static size_t
bad_octet(struct md_str value)
{
	size_t i = 0;

	while (i < value.len && value.p[i] >= 0x20 && value.p[i] <= 0x7e)
		i++;
	return i;
}

/*
 * A registered tag and "=" after a blank or comma within another tag's value: there the
 * semicolon is missing.  Returns where the tag's name begins, or the length.
 */
static size_t
swallowed_tag(struct md_str value)
{
	for (size_t i = 1; i < value.len; i++) {
		const struct md_str rest = md_str_skip(value, i);
		const size_t n = letters(rest);

		if (strchr(" \t,", value.p[i - 1]) == NULL ||
		    find_tag(part(rest, 0, n)) == MD_DMARC_NTAGS)
			continue;
		if (md_str_starts(md_str_trim(md_str_skip(rest, n), blanks), "="))
			return i;
	}
	return value.len;
}

/* A piece whose beginning is not 1*ALPHA and "=". */
static void
blame_piece(struct reader *r, struct md_str piece)
{
	const size_t n = letters(piece);
	const struct md_str name = part(piece, 0, n);
	const struct md_str rest = md_str_trim(md_str_skip(piece, n), blanks);

	if (md_str_eq_nocase(name, "mailto"))
		blame_syntax(r, piece, "the URIs of a list are separated by commas");
	else if (md_str_starts(rest, ":") && find_tag(name) < MD_DMARC_NTAGS)
		blame_syntax(r, part(rest, 0, 1), "\":\" stands where \"=\" belongs");
	else if (md_str_find(piece, '=') == piece.len)
		blame_syntax(r, piece, "there is no \"=\"");
	else if (n == 0)
		blame_syntax(r, part(piece, 0, 1), "a tag's name must stand here");
	else
		blame_syntax(r, part(piece, n, 1), "a tag's name has letters only");
}

static enum md_dmarc_request
read_request(struct md_str value)
{
	for (enum md_dmarc_request i = MD_DMARC_NONE; i <= MD_DMARC_REJECT; i++)
		if (md_str_eq_nocase(value, request_names[i]))
			return i;
	return MD_DMARC_INVALID;
}

/* dmarc-fo: of 0 and 1 one at most, d and s once each, ":" between them. */
static const char *
fault_of_fo(struct md_str value)
{
	static const char options[] = "01ds";
	bool seen[4] = { false };
	struct md_str piece, rest = value;

	while (md_str_cut(&rest, ':', &piece)) {
		const char *option;

		piece = md_str_trim(piece, blanks);
		if (piece.len != 1 || piece.p[0] == '\0')
			return "is not a list of 0, 1, d and s with colons between them";
		option = strchr(options, md_lower(piece.p[0]));
		if (option == NULL)
			return "has an option other than 0, 1, d and s";
		if (seen[option - options])
			return "has an option twice";
		seen[option - options] = true;
	}
	if (seen[0] && seen[1])
		return "has 0 and 1 together, which exclude each other";
	if (value.p[value.len - 1] == ':')
		return "ends in a colon";
	return "";
}

static const char *
read_policy(struct md_str value, enum md_dmarc_request *request)
{
	*request = read_request(value);
	return *request == MD_DMARC_INVALID ? "is not none, quarantine or reject" : "";
}

static const char *
read_mode(struct md_str value, bool *strict)
{
	*strict = md_str_eq_nocase(value, "s");
	return *strict || md_str_eq_nocase(value, "r") ? ""
	                                               : "is neither r nor s: r is assumed";
}

static const char *
read_psd(struct md_str value, char *psd)
{
	if (value.len != 1 || strchr("yYnNuU", value.p[0]) == NULL)
		return "is none of y, n and u: u is assumed";
	*psd = md_lower(value.p[0]);
	return "";
}

static void
read_pct(struct md_str value, unsigned *pct)
{
	unsigned long number;

	if (md_str_number(value, 100, &number))
		*pct = (unsigned)number;
}

/* Reads the value of a registered tag; returns what is wrong with it, or "". */
static const char *
read_value(struct reader *r, enum md_dmarc_tag tag, struct md_str value)
{
	struct md_dmarc *d = r->record;

	switch (tag) {
	case MD_DMARC_P:
		return read_policy(value, &d->p);
	case MD_DMARC_SP:
		return read_policy(value, &d->sp);
	case MD_DMARC_NP:
		return read_policy(value, &d->np);
	case MD_DMARC_ADKIM:
		return read_mode(value, &d->adkim_strict);
	case MD_DMARC_ASPF:
		return read_mode(value, &d->aspf_strict);
	case MD_DMARC_PSD:
		return read_psd(value, &d->psd);
	case MD_DMARC_T:
		d->testing = md_str_eq_nocase(value, "y");
		return d->testing || md_str_eq_nocase(value, "n")
		               ? ""
		               : "is neither y nor n: n is assumed";
	case MD_DMARC_FO:
		return d->fo_fault = fault_of_fo(value);
	case MD_DMARC_RUA:
		md_uris_parse(r->mem, value, &d->rua);
		return "";
	case MD_DMARC_RUF:
		md_uris_parse(r->mem, value, &d->ruf);
		return "";
	case MD_DMARC_PCT:
		read_pct(value, &d->pct);
		return "";
	default:
		return "";
	}
}

static void
blame_name(struct reader *r, enum md_dmarc_tag tag, struct md_str name)
{
	if (tag == MD_DMARC_NTAGS) {
		blame(r, (struct md_dmarc_fault){ MD_DMARC_UNKNOWN, tag, name,
		                                  "is no registered tag",
		                                  md_dmarc_nearest_tag(name) });
		return;
	}
	for (size_t i = 0; i < name.len; i++) {
		if (name.p[i] != md_lower(name.p[i])) {
			blame(r, (struct md_dmarc_fault){ MD_DMARC_CASE, tag, name,
			                                  "is written with capitals", NULL });
			return;
		}
	}
}

/* dmarc-tag = 1*ALPHA equals 1*dmarc-value; of blanks around it the piece is rid. */
static void
read_tag(struct reader *r, struct md_str piece)
{
	const struct md_str name = part(piece, 0, letters(piece));
	const struct md_str rest = md_str_trim(md_str_skip(piece, name.len), blanks);
	const enum md_dmarc_tag tag = find_tag(name);
	struct md_str value;
	const char *says;

	if (name.len == 0 || !md_str_starts(rest, "=")) {
		blame_piece(r, piece);
		return;
	}
	blame_name(r, tag, name);
	value = md_str_trim(md_str_skip(rest, 1), blanks);
	if (value.len == 0) {
		blame_syntax(r, piece, "the tag has no value");
		return;
	}
	if (bad_octet(value) < value.len) {
		blame_syntax(r, part(value, bad_octet(value), 1),
		             "a value has printable ASCII characters only");
		return;
	}
	if (tag == MD_DMARC_NTAGS)
		return;
	if (r->record->name[tag].p != NULL) {
		blame(r, (struct md_dmarc_fault){ MD_DMARC_DUPLICATE, tag, name,
		                                  "stands in the record twice", NULL });
		return;
	}
	r->record->name[tag] = name;
	r->record->value[tag] = value;
	if (swallowed_tag(value) < value.len)
		blame_syntax(r, part(value, swallowed_tag(value), 1),
		             "a semicolon is missing before this");
	says = read_value(r, tag, value);
	if (*says != '\0')
		blame(r, (struct md_dmarc_fault){ MD_DMARC_VALUE, tag, value, says, NULL });
}

const struct md_dmarc *
md_dmarc_parse(struct md_arena *mem, struct md_str text)
{
	struct md_dmarc *record = md_alloc(mem, sizeof(*record));
	struct reader r = { .mem = mem, .record = record };
	struct md_str rest = text, piece;
	unsigned n = 0;

	*record = (struct md_dmarc){ .text = text, .psd = 'u', .pct = 100, .fo_fault = "" };
	while (md_str_cut(&rest, ';', &piece)) {
		piece = md_str_trim(piece, blanks);
		if (piece.len == 0) /* ";;" is outside the grammar, and harms nobody */
			continue;
		read_tag(&r, piece);
		if (++n == 2)
			record->p_is_second = record->value[MD_DMARC_P].p != NULL;
	}
	record->faults = r.faults;
	return record;
}

static bool
has_valid_uri(const struct md_uris *uris)
{
	for (size_t i = 0; i < uris->n; i++)
		if (uris->uri[i].valid)
			return true;
	return false;
}

static bool
is_request(enum md_dmarc_request r)
{
	return r >= MD_DMARC_NONE;
}

/* RFC 9989 4.10.1: np falls back on sp, and that on p. */
static enum md_dmarc_tag
deciding_tag(const struct md_dmarc *d, enum md_dmarc_scope scope)
{
	if (scope == MD_DMARC_NONEXISTENT && d->np != MD_DMARC_ABSENT)
		return MD_DMARC_NP;
	if (scope != MD_DMARC_SELF && d->sp != MD_DMARC_ABSENT)
		return MD_DMARC_SP;
	return MD_DMARC_P;
}

enum md_dmarc_request
md_dmarc_policy_of(const struct md_dmarc *d, enum md_dmarc_scope scope, enum md_dmarc_tag *tag)
{
	enum md_dmarc_request request;

	*tag = MD_DMARC_V;
	/* 4.10.1: no valid p, or an sp or np that is not valid, whichever is in use. */
	if (!is_request(d->p) || d->sp == MD_DMARC_INVALID || d->np == MD_DMARC_INVALID)
		return has_valid_uri(&d->rua) ? MD_DMARC_NONE : MD_DMARC_ABSENT;
	*tag = deciding_tag(d, scope);
	request = *tag == MD_DMARC_NP ? d->np : *tag == MD_DMARC_SP ? d->sp : d->p;
	/* 4.7 (t): one level below the specified policy */
	if (d->testing && request > MD_DMARC_NONE)
		request--;
	return request;
}

enum md_dmarc_request
md_dmarc_policy_of_7489(const struct md_dmarc *d, enum md_dmarc_scope scope)
{
	/* RFC 7489 6.6.3 step 6 */
	if (!is_request(d->p) || d->sp == MD_DMARC_INVALID)
		return has_valid_uri(&d->rua) ? MD_DMARC_NONE : MD_DMARC_ABSENT;
	return scope != MD_DMARC_SELF && d->sp != MD_DMARC_ABSENT ? d->sp : d->p;
}
