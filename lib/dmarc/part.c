/* DMARC of a message as a part of a report. */
#include "report/part.h"
#include "dmarc/message.h"

const struct md_report_part md_part_dmarc = { .name = "dmarc" };
