#include "auth/arc.h"
#include "auth/dmarc_message.h"
#include "auth/envelope.h"
#define W __attribute__((weak))
W const char *
md_dkim_result_name(enum md_dkim_result r)
{
	(void)r;
	return "pass";
}
W const char *
md_arc_result_name(enum md_arc_result r)
{
	(void)r;
	return "pass";
}
W const char *
md_dmarc_result_name(enum md_dmarc_result r)
{
	(void)r;
	return "pass";
}
