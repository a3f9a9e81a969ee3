/* The renderers, for the table in render.c: functions of a finished, constant report. */
#ifndef MD_RENDER_H
#define MD_RENDER_H

#include <stdio.h>

#include "maildiag.h"
#include "report/report.h"

typedef void md_render_fn(const struct md_report *, const struct md_style *, FILE *);

md_render_fn md_render_text, md_render_json, md_render_jsonl, md_render_csv, md_render_zone;

#endif
