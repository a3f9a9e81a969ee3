/* Where something stands in a file. */
#ifndef MD_PLACE_H
#define MD_PLACE_H

#include <stdint.h>

struct md_place {
	const char *file; /* as it was named; "" for nowhere */
	uint32_t line;    /* from 1; 0 when the format has none */
	/* what stands there, where a line tells little: "aws_route53_record.mx"; or NULL */
	const char *within;
};

#endif
