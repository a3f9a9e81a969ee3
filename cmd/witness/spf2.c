/* libspf2's opinion of a sender: what Exim and OpenDMARC conclude. */
#include <netinet/in.h>

#include <netdb.h>
#include <string.h>

#include <spf2/spf.h>
#include <spf2/spf_dns.h>

#include "base/name.h"
#include "guard.h"
#include "witness.h"

/* One evaluation, seen from libspf2's DNS layer. */
struct evaluation {
	struct witness *w;
	SPF_request_t *request;
	const char *domain; /* of the sender */
};

/* ---- its DNS ---- */

static struct md_str
text_of(const struct md_rr *rr)
{
	struct md_str text = rr->txt.joined;

	text.len = md_str_find(text, '\0'); /* it works with strings of C */
	return text;
}

static void
guard_text(struct evaluation *e, const char *name, struct md_str text)
{
	const bool record = md_eq_nocase(name, e->request->cur_dom);

	if (record && md_str_starts_nocase(text, "v=spf1") && !guard_record(text))
		witness_refuse(e->w,
		               "the record of %s has too many macros, or too long ones, "
		               "for libspf2",
		               name);
	if (!record && !guard_explanation(text))
		witness_refuse(e->w, "the explanation at %s is too long for libspf2", name);
}

/* Room for a string in the answer. */
static char *
room_for(struct evaluation *e, SPF_dns_rr_t *answer, size_t len)
{
	if (SPF_dns_rr_buf_realloc(answer, answer->num_rr, len + 1) != SPF_E_SUCCESS)
		witness_refuse(e->w, "there is no memory");
	return answer->rr[answer->num_rr++]->txt;
}

static void
put_text(struct evaluation *e, SPF_dns_rr_t *answer, struct md_str text)
{
	char *copy = room_for(e, answer, text.len);

	memcpy(copy, text.p, text.len);
	copy[text.len] = '\0';
}

static void
put_record(struct evaluation *e, SPF_dns_rr_t *answer, const struct md_rr *rr)
{
	switch (rr->type) {
	case MD_A:
		memcpy(room_for(e, answer, sizeof(struct in_addr)), rr->addr.bytes,
		       sizeof(struct in_addr));
		break;
	case MD_AAAA:
		memcpy(room_for(e, answer, sizeof(struct in6_addr)), rr->addr.bytes,
		       sizeof(struct in6_addr));
		break;
	case MD_MX:
		put_text(e, answer, md_str(rr->mx.exchange));
		break;
	case MD_PTR:
		put_text(e, answer, md_str(rr->name));
		break;
	default:
		guard_text(e, answer->domain, text_of(rr));
		put_text(e, answer, text_of(rr));
	}
}

static SPF_dns_rr_t *
new_answer(SPF_dns_server_t *server, const char *name, ns_type type, int error)
{
	struct evaluation *e = server->hook;
	SPF_dns_rr_t *answer = SPF_dns_rr_new_init(server, name, type, 0, error);

	if (answer == NULL)
		witness_refuse(e->w, "there is no memory");
	return answer;
}

/* As libspf2's own resolver gives it: h_errno of res_nquery(). */
static SPF_dns_rr_t *
from_fact(SPF_dns_server_t *server, const char *name, ns_type type, const struct md_dns *fact)
{
	int error = NETDB_SUCCESS;
	SPF_dns_rr_t *answer;

	if (fact->fact.state == MD_UNKNOWN)
		error = TRY_AGAIN;
	else if (fact->fact.state != MD_PRESENT)
		error = fact->rcode == MD_NXDOMAIN ? HOST_NOT_FOUND : NO_DATA;
	answer = new_answer(server, name, type, error);
	for (size_t i = 0; i < fact->n; i++)
		if (fact->rr[i].type == (uint16_t)type)
			put_record(server->hook, answer, &fact->rr[i]);
	return answer;
}

static SPF_dns_rr_t *
look_up(SPF_dns_server_t *server, const char *name, ns_type type, int should_cache)
{
	struct evaluation *e = server->hook;
	const char *record = witness_input(e->w, "record");
	SPF_dns_rr_t *answer;

	(void)should_cache;
	if (type == ns_t_spf) /* RFC 7208 3.1: receivers have built it without */
		return new_answer(server, name, type, NO_DATA);
	if (!md_name_fits(md_name_normal(e->w->mem, md_str(md_show(e->w->mem, md_str(name))))))
		return new_answer(server, name, type, NO_RECOVERY);
	if (type != ns_t_txt || record[0] == '\0' || !md_eq_nocase(name, e->domain))
		return from_fact(server, name, type, witness_ask(e->w, name, (uint16_t)type));
	answer = new_answer(server, name, type, NETDB_SUCCESS);
	guard_text(e, name, md_str(record));
	put_text(e, answer, md_str(record));
	return answer;
}

/* ---- its verdict ---- */

/* RFC 7208 2.6; what it calls "(invalid)" is an error that it did not sort. */
static const char *
result_of(SPF_response_t *response, SPF_errcode_t error)
{
	switch (SPF_response_result(response)) {
	case SPF_RESULT_NEUTRAL:
		return "neutral";
	case SPF_RESULT_PASS:
		return "pass";
	case SPF_RESULT_FAIL:
		return "fail";
	case SPF_RESULT_SOFTFAIL:
		return "softfail";
	case SPF_RESULT_NONE:
		return "none";
	case SPF_RESULT_TEMPERROR:
		return "temperror";
	case SPF_RESULT_PERMERROR:
		return "permerror";
	default:
		return error == SPF_E_DNS_ERROR ? "temperror" : "permerror";
	}
}

/* Its first error in its own words; for a result without one, what decided. */
static const char *
detail_of(struct witness *w, SPF_response_t *response, SPF_errcode_t error)
{
	const bool sorted = SPF_response_result(response) != SPF_RESULT_INVALID;
	const char *detail = SPF_strreason(SPF_response_reason(response));

	if (error == SPF_E_SUCCESS)
		return detail;
	detail = SPF_strerror(error);
	for (int i = SPF_response_messages(response) - 1; i >= 0; i--)
		if (SPF_error_errorp(SPF_response_message(response, i)))
			detail = SPF_error_message(SPF_response_message(response, i));
	return sorted ? detail : md_printf(w->mem, "(invalid): %s", detail);
}

/* RFC 7208 5: an IPv4-mapped address is an IPv4 address, as its callers know. */
static void
set_address(struct evaluation *e, const char *text)
{
	struct md_addr ip;
	struct in_addr ip4;
	struct in6_addr ip6;

	if (!md_addr_parse(md_str(text), &ip))
		witness_refuse(e->w, "it needs the address of the client");
	ip = md_addr_from_mapped(ip);
	memcpy(&ip4, ip.bytes, sizeof(ip4));
	memcpy(&ip6, ip.bytes, sizeof(ip6));
	if (ip.family == 4)
		SPF_request_set_ipv4(e->request, ip4);
	else
		SPF_request_set_ipv6(e->request, ip6);
}

static void
set_sender(struct evaluation *e)
{
	const char *mail_from = witness_input(e->w, "mail_from");
	const char *helo = witness_input(e->w, "helo");

	set_address(e, witness_input(e->w, "ip"));
	if (helo[0] != '\0')
		SPF_request_set_helo_dom(e->request, helo);
	if (mail_from[0] != '\0')
		SPF_request_set_env_from(e->request, mail_from);
	if (e->request->env_from_dp == NULL)
		witness_refuse(e->w, "it needs the reverse-path, or the name in HELO");
	if (helo[0] == '\0') /* as ours is: lib/spf/check_host.c */
		SPF_request_set_helo_dom(e->request, "unknown");
	e->domain = e->request->env_from_dp;
}

static void
testify(struct witness *w)
{
	struct evaluation e = { .w = w };
	SPF_dns_server_t dns = { .lookup = look_up, .name = "facts", .hook = &e };
	SPF_server_t *server = SPF_server_new_dns(&dns, 0);
	const char *receiver = witness_input(w, "receiver");
	SPF_response_t *response = NULL;
	SPF_errcode_t error;

	if (server == NULL)
		witness_refuse(w, "there is no memory");
	SPF_server_set_rec_dom(server, receiver[0] != '\0' ? receiver : "unknown");
	e.request = SPF_request_new(server);
	if (e.request == NULL)
		witness_refuse(w, "there is no memory");
	set_sender(&e);
	error = SPF_request_query_mailfrom(e.request, &response);
	if (response == NULL)
		witness_refuse(w, "libspf2 gave no response");
	witness_opine(w, result_of(response, error), detail_of(w, response, error));
}

const struct engine libspf2 = { .name = "libspf2", .testify = testify };
