/* Reads TLS-RPT records. */
#include "record/tls_rpt.h"

#include "base/arena.h"
#include "base/name.h"
#include "record/fields.h"
#include "record/https_uri.h"

struct reader {
	struct md_arena *mem;
	struct md_str text;
	struct md_tls_rpt *record;
	bool has_rua;
};

static void
blame(struct reader *r, struct md_str where, const char *why)
{
	md_faults_add(&r->record->faults, r->text, where, why);
}

static void
add(struct reader *r, const struct md_uri *uri, const char *host)
{
	struct md_tls_rpt *record = r->record;

	if (record->n < MD_URIS_MAX)
		record->uri[record->n++] = (struct md_tls_rpt_uri){
			.text = uri->text,
			.by_mail = md_str_eq_nocase(uri->scheme, "mailto"),
			.host = host,
		};
}

static void
take_https(struct reader *r, const struct md_uri *uri)
{
	struct md_str host, at;
	const char *why;

	if (md_https_uri_host(uri->text, &host, &why, &at))
		add(r, uri, md_name_normal(r->mem, host));
	else
		blame(r, at, md_printf(r->mem, "the URI %s", why));
}

/* RFC 8460 3: a mailto or an https URI, with ",", "!" and ";" encoded; sizes as DMARC has had
 * them do not exist here. */
static void
take_uri(struct reader *r, const struct md_uri *uri)
{
	const bool https = md_str_eq_nocase(uri->scheme, "https");

	if (uri->size.len > 0)
		blame(r, uri->size,
		      "there are no size limits in TLS-RPT; \"!\" must be encoded as %21");
	else if (https && uri->valid)
		take_https(r, uri);
	else if (uri->scheme.len > 0 && !https && !md_str_eq_nocase(uri->scheme, "mailto"))
		blame(r, uri->scheme, "the URI is neither mailto: nor https:");
	else if (uri->fault[0] != '\0')
		blame(r, uri->fault_at, uri->fault);
	else
		add(r, uri, uri->host);
}

static void
take(void *arg, const struct md_tag *tag)
{
	struct reader *r = arg;
	struct md_uris uris;

	if (!md_str_eq(tag->name, "rua"))
		return; /* RFC 8460 3: unknown fields SHALL be ignored */
	r->has_rua = true;
	r->record->rua = tag->value;
	if (tag->value.len == 0) {
		blame(r, tag->value, "rua= has no value");
		return;
	}
	md_uris_parse(r->mem, tag->value, &uris);
	for (size_t i = 0; i < uris.n; i++)
		take_uri(r, &uris.uri[i]);
}

struct md_tls_rpt
md_tls_rpt_parse(struct md_arena *mem, struct md_str text)
{
	struct md_tls_rpt record = { .rua = { text.p, 0 } };
	struct reader r = { .mem = mem, .text = text, .record = &record };
	const struct md_fields fields = {
		.mem = mem, .version = "v=TLSRPTv1", .own = "rua", .take = take, .arg = &r
	};

	md_fields_read(&fields, text, &record.faults);
	if (!r.has_rua)
		blame(&r, md_str_skip(text, text.len), "rua= is missing");
	return record;
}
