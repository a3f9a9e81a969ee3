/* The envelope and its SPF as parts of a report; both are told with the message's identifiers.
 */
#include "report/part.h"
#include "envelope/envelope.h"

const struct md_report_part md_part_envelope = { .name = "envelope" };

const struct md_report_part md_part_envelope_spf = { .name = "spf" };
