/* What a facts file has of a DNS question: the fact, an alias, or what holds for all types. */
#include "fact/replay.h"
#include "kind/dns.h"

static const struct md_dns *
recorded(const struct md_replay *replay, const struct md_question *q, uint16_t type)
{
	const struct md_question key = { q->name, type, q->flags, q->server };

	return (const struct md_dns *)md_replay_find(replay, &md_dns_kind, &key);
}

bool
md_dns_recorded(const struct md_replay *replay, const struct md_question *q, struct md_dns *out)
{
	const struct md_dns *fact = recorded(replay, q, q->type), *alias;

	if (fact == NULL) {
		alias = recorded(replay, q, MD_CNAME);
		if (alias != NULL && alias->fact.state == MD_PRESENT && alias->naliases == 0) {
			out->aliases = alias->rr;
			out->naliases = 1;
			out->ad = alias->ad;
			out->ttl = alias->ttl;
			out->origin = alias->origin;
			return true;
		}
		fact = recorded(replay, q, MD_ANY);
	}
	if (fact == NULL)
		return false;
	*out = *fact;
	out->question = *q;
	return true;
}
