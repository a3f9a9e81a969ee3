/*
 * The cost tree of an SPF record: every term of every record that include and redirect lead
 * to, whether or not a sender gets there, with what it costs (RFC 7208 4.6.4).
 */
#ifndef MD_SPF_TREE_H
#define MD_SPF_TREE_H

#include "ask/ask.h"
#include "record/spf/spf.h"

enum md_spf_node_state {
	MD_SPF_NODE_SOUND,
	MD_SPF_NODE_FAULTY,     /* syntax errors: permerror (4.6) */
	MD_SPF_NODE_NONE,       /* no record there, or no such name */
	MD_SPF_NODE_SEVERAL,    /* more than one record: permerror (4.5) */
	MD_SPF_NODE_UNKNOWN,    /* no answer: temperror (4.4) */
	MD_SPF_NODE_LOOP,       /* the record of one above again; not followed */
	MD_SPF_NODE_SENDER,     /* macros make it depend on the message; not followed */
	MD_SPF_NODE_IMPOSSIBLE, /* no name that can be asked for */
};

/* One term of a record in the tree. */
struct md_spf_visit {
	const struct md_spf_term *term;
	const char *target;        /* the name it asks for; "" for none or by the sender */
	unsigned number;           /* which counting term of the tree; 0: does not count */
	unsigned after;            /* counted when it and all below it are done */
	struct md_spf_node *child; /* of include and redirect that are followed; else NULL */
	/* Lookups for a client of IPv4 [0] and of IPv6 [1]. */
	bool is_void[2];          /* the term is a void one */
	unsigned void_queries[2]; /* so many of its queries found nothing */
	size_t naddresses;
	const struct md_addr *addresses; /* of a and mx, both families */
	size_t mx_hosts;
	const struct md_dns *unknown; /* the first lookup without an answer; or NULL */
};

struct md_spf_node {
	struct md_spf_node *parent;
	const struct md_spf_term *via; /* the parent's term; NULL for the root */
	const char *domain;            /* canonical; as written when it depends on the sender */
	enum md_spf_node_state state;
	unsigned depth;
	const struct md_dns *txt;    /* the lookup of the record; NULL when not made */
	const struct md_spf *record; /* when sound or faulty; else NULL */
	size_t n;
	struct md_spf_visit *visits; /* one for each term, in the record's order; n 0: cut */
	bool passes;                 /* what matches "+" in here makes the sender pass */
	bool repeated;               /* this record stood in the tree before */
	const char *unregistered;    /* the missing domain that anybody could register; or "" */
	const char *provider;        /* whose record it is, for people; or "" */
	/* Of this record and all below it; addresses as for the whole tree. */
	unsigned voids[2];
	uint64_t ipv4, ipv6;
};

struct md_spf_tree {
	struct md_spf_node *root;
	/* Where a sender ends whom nothing matches: the root, or the last redirect target. */
	const struct md_spf_node *last;
	size_t nnodes;
	struct md_spf_node *const *nodes; /* all, in the order of evaluation; root first */
	/* For a sender whom nothing matches, were there no limits: the worst case. */
	unsigned terms, voids[2], void_queries[2];
	struct md_spf_limits limits; /* to judge by */
	const char *cut;    /* which bound was hit, a sentence without full stop; "" for none */
	unsigned by_sender; /* terms whose lookups depend on the message */
	uint64_t ipv4;      /* distinct addresses that may pass, but for +all */
	uint64_t ipv6;      /* distinct /64 networks; all of IPv6 counts UINT64_MAX */
	bool on_internet;   /* one of those addresses, at least, is on the Internet */
	bool everybody;     /* +all lets the others pass, too */
	bool in_part;       /* more may pass: records or hosts could not be looked up */
};

/*
 * Derived once a run.  Never NULL; counts when md_waiting() is false.  Records no gaps but
 * those of md_unregistered(): look at the lookups that are unknown.
 */
const struct md_spf_tree *md_spf_tree(struct md_ctx *, const char *domain);

/* "example.com > include:a.example.net > include:b.example.org": the way to a node. */
const char *md_spf_node_path(struct md_arena *, const struct md_spf_node *);

/* The terms that would count, were this one removed with all below it. */
unsigned md_spf_without(const struct md_spf_tree *, const struct md_spf_visit *);

/*
 * May this be asked about what a tree leads to?  Each attempt sees more of a tree than the one
 * before, and its bounds are not those of the run: this one is, so that nobody's record makes
 * us ask thousands of questions.  What was asked already is free.
 */
bool md_spf_affords(struct md_ctx *, uint16_t type, const char *name);

/* ---- parts of building one, for lib/spf ---- */

/* The same; when it may not, the tree says that it is cut. */
bool md_spf_tree_affords(struct md_ctx *, struct md_spf_tree *, uint16_t type,
                         const char *name);

/* Asks for the hosts of a, mx and exists, and notes what they cost. */
void md_spf_tree_hosts(struct md_ctx *, struct md_spf_tree *);

/* Counts the addresses that may pass. */
void md_spf_tree_cover(struct md_arena *, struct md_spf_tree *);

#endif
