/* The links of a text: those of HTML with what they show, and those written in plain text. */
#ifndef MD_LINKS_H
#define MD_LINKS_H

#include "base/str.h"

struct md_arena;

struct md_link {
	const char *url; /* character references undone */
	/*
	 * what is to be clicked on, blanks squeezed, tags left out; of a long one only the
	 * beginning; "" for an image, and in plain text
	 */
	const char *text;
	size_t at; /* offset in the text given */
};

enum { MD_LINKS_MOST = 500 };

struct md_links {
	size_t n; /* at most MD_LINKS_MOST; more are counted in nomitted */
	const struct md_link *all;
	size_t nomitted;
};

/*
 * The <a href> and <area href> of HTML, found by its tokens as the HTML standard has them
 * (13.2.5): comments, scripts and styles are skipped, wrong nesting does not matter.
 */
const struct md_links *md_links_of_html(struct md_arena *, struct md_str html);

/* What begins with http:// or https:// in plain text, up to a blank or a closing mark. */
const struct md_links *md_links_of_plain(struct md_arena *, struct md_str text);

/*
 * The host of an http or https URL, canonical text: what stands after the last "@" of its
 * authority, without port; IPv6 in brackets.  NULL for other URLs.  *user: what stands before
 * that "@", empty for nothing.
 */
const char *md_link_host(struct md_arena *, struct md_str url, struct md_str *user);

#endif
