/* What a report shows besides findings: each check hangs its part in, renderers look here. */
#ifndef MD_SHOWN_H
#define MD_SHOWN_H

/* NULL for what no check has shown.  All live as long as the report. */
struct md_shown {
	const struct md_spf_view *spf; /* of `maildiag spf` */
	/* Of `maildiag message`: */
	const struct md_envelope *envelope;
	const struct md_envelope_spf *envelope_spf;
	const struct md_dkim_verdicts *dkim;
	const struct md_dkim_opinions *dkim_opinions;
	const struct md_dkim_diagnoses *diagnoses;
	const struct md_arc *arc;
	const struct md_dmarc_message *dmarc;
	const struct md_route *route;
	const struct md_profiles *profiles;
	const struct md_spams *spams;
	/* Of a side of `maildiag gate`: */
	const struct md_zone_seen *zone;
};

/* Takes over what `from` shows. */
void md_shown_add(struct md_shown *into, const struct md_shown *from);

#endif
