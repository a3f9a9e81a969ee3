/* maildiag message --canonical DIR: canonical header and body of each signature. */
#include "canonical.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "arc/arc.h"
#include "dkim/dkim.h"
#include "dkim/signed_octets.h"
#include "kit/output.h"
#include "kit/say.h"
#include "mail/message.h"

static void
put(void *arg, const char *octets, size_t len)
{
	fwrite(octets, 1, len, arg); /* an error is met when the file is finished */
}

/* Is there nothing at the path, or a file that may be replaced? */
static bool
replaceable(const char *path)
{
	struct stat there;

	if (lstat(path, &there) != 0)
		return true;
	if (!S_ISREG(there.st_mode))
		cli_say("--canonical: %s is there, and is no regular file", path);
	return S_ISREG(there.st_mode);
}

/* Where the files of one message go. */
struct place {
	struct md_arena *mem;
	const char *dir;
	const struct md_message *m;
};

static bool
open_part(const struct place *to, struct cli_output *out, const char *name, const char *part)
{
	*out = (struct cli_output){
		.path = md_printf(to->mem, "%s/%s-%s.txt", to->dir, name, part),
	};
	return replaceable(out->path) && cli_output_open(to->mem, out);
}

static bool
write_signature(const struct place *to, const struct md_field *f, enum md_signature_kind kind,
                const char *name)
{
	struct cli_output header, body = { .file = NULL };
	bool sound;

	if (!open_part(to, &header, name, "header"))
		return false;
	sound = open_part(to, &body, name, "body");
	if (sound &&
	    !md_canonical_octets(to->mem, to->m, f, kind,
	                         (struct md_canonical){ .header = { put, header.file },
	                                                .body = { put, body.file } })) {
		cli_say("--canonical: the signature in line %zu cannot be read, so there is no "
		        "%s-header.txt",
		        f->line, name);
		cli_output_drop(&header);
		cli_output_drop(&body);
		return true;
	}
	sound = sound && cli_output_finish(&header) && cli_output_finish(&body);
	cli_output_drop(&header);
	cli_output_drop(&body);
	return sound;
}

/* Fields of one kind: the first `most` only, which are those that are verified. */
struct kind {
	enum md_signature_kind kind;
	const char *field, *prefix;
	unsigned most;
};

static bool
write_kind(const struct place *to, const struct kind *k)
{
	const struct md_field *f = NULL;
	unsigned n = 0;

	while ((f = md_message_field(to->m, k->field, f)) != NULL) {
		if (n == k->most) {
			cli_say("--canonical: only the first %u %s fields are written, as only "
			        "they are verified",
			        k->most, k->field);
			return true;
		}
		if (!write_signature(to, f, k->kind,
		                     md_printf(to->mem, "%s%u", k->prefix, ++n)))
			return false;
	}
	return true;
}

bool
cli_canonical_write(struct md_arena *mem, const char *dir, struct md_str octets)
{
	static const struct kind kinds[] = {
		{ MD_DKIM_SIGNATURE, "DKIM-Signature", "", MD_DKIM_MOST },
		{ MD_ARC_MESSAGE_SIGNATURE, "ARC-Message-Signature", "arc-", MD_ARC_MOST },
	};
	const char *why;
	const struct place to = { mem, dir, md_message_read(mem, octets, &why) };

	if (to.m == NULL)
		return true; /* the examination says so */
	if (mkdir(dir, 0777) != 0 && errno != EEXIST) {
		cli_say("--canonical: cannot make %s: %s", dir, strerror(errno));
		return false;
	}
	for (size_t i = 0; i < MD_COUNT(kinds); i++)
		if (!write_kind(&to, &kinds[i]))
			return false;
	return true;
}
