/* Any bytes as three files of a folder that include one another: nothing outside is read. */
#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "proposal/proposal.h"
#include "zone/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A file is separated from the next by this octet. */
enum { BETWEEN = 0x1e, FOLDER_TEXT = 64, MOST_MEMORY = 200 << 20 };

static const char *const names[] = { "x.example.zone", "a.inc", "b.yaml" };
static const char secret[] = "$ORIGIN x.example.\nsecret TXT \"secret\"\n";

static void
write_file(const char *path, const uint8_t *data, size_t size)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert(fd >= 0);
	assert(write(fd, data, size) == (ssize_t)size);
	close(fd);
}

/* A folder "in" with the files, beside it a file that must not be read, and a link to it. */
static void
prepare(int *home)
{
	static int work = -1;
	char folder[FOLDER_TEXT] = "/tmp/fuzz-include-XXXXXX";

	*home = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert(*home >= 0);
	if (work >= 0) {
		assert(fchdir(work) == 0);
		return;
	}
	assert(mkdtemp(folder) != NULL && chdir(folder) == 0);
	assert(mkdir("in", 0700) == 0);
	write_file("secret", (const uint8_t *)secret, sizeof(secret) - 1);
	assert(symlink("../secret", "in/link") == 0);
	assert(chdir("in") == 0);
	work = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert(work >= 0);
}

static void
must_be_confined(const struct md_proposal *p)
{
	assert(md_proposal_place(p, "secret.x.example", MD_TXT).line == 0 ||
	       strstr(md_proposal_place(p, "secret.x.example", MD_TXT).file, "secret") == NULL);
	for (size_t i = 0; i < p->nnot_judged; i++)
		assert(strchr(p->not_judged[i].why, '\n') == NULL);
	for (size_t i = 0; i < p->nfaults; i++)
		assert(strchr(p->faults[i].evidence, '\n') == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_arena *mem = md_arena_new();
	struct md_proposal_builder *b = md_proposal_new(mem);
	const char *why = "";
	int home;

	prepare(&home);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const uint8_t *end = size > 0 ? memchr(data, BETWEEN, size) : NULL;
		const size_t n = end != NULL ? (size_t)(end - data) : size;

		write_file(names[i], data, n);
		data += n + (end != NULL);
		size -= n + (end != NULL);
	}
	md_proposal_set_root(b, ".");
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!md_proposal_add_file(b, names[i], MD_ZONE_DETECT, "x.example", &why))
			assert(why[0] != '\0' && strchr(why, '\n') == NULL);
	must_be_confined(md_proposal_done(b));
	assert(md_arena_size(mem) < MOST_MEMORY);
	md_arena_free(mem);
	assert(fchdir(home) == 0 &&
	       close(home) == 0); /* the corpus is read by relative names */
	return 0;
}
