/* The chain of ARC sets as a part of a report. */
#include "report/part.h"
#include "arc/arc.h"

const struct md_report_part md_part_arc = { .name = "arc" };
