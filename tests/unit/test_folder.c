/* Files, mbox files and folders give their messages one by one. */
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/arena.h"
#include "mail/folder.h"
#include "mail/mbox.h"
#include "mail/unpack.h"

#define FROM "From a@b Sat Nov 21 07:00:00 2026\n"

/* A file, and what is in it: "name=octets|"; "many" in front when there may be several. */
static const struct {
	const char *text, *messages;
} files[] = {
	{ "A:1\n\nHi\n", "f=A:1\\010\\010Hi\\010|" },
	{ "", "f=|" },
	{ FROM "A:1\n\nHi\n\n", "f=" FROM "A:1\\010\\010Hi\\010\\010|" },
	{ FROM "A:1\n\n" FROM "B:2\n\n", "many f:1=" FROM "A:1\\010|f:2=" FROM "B:2\\010|" },
	{ FROM "A:1\n\nHi\n\n" FROM "B:2\n\n\n" FROM "C:3",
	  "many f:1=" FROM "A:1\\010\\010Hi\\010|f:2=" FROM "B:2\\010\\010|f:3=" FROM "C:3|" },
	{ "From a x\r\nA:1\r\n\r\nHi\r\n\r\nFrom b y\r\nB:2\r\n\r\n",
	  "many f:1=From a x\\013\\010A:1\\013\\010\\013\\010Hi\\013\\010|f:2=From b "
	  "y\\013\\010B:2\\013\\010|" },
	/* no empty line before, a blank in it, quoted, another letter case, a field */
	{ FROM "A:1\n" FROM " \n" FROM, "f=" FROM "A:1\\010" FROM " \\010" FROM "|" },
	{ FROM "A:1\n\n>" FROM "\nfrom a 07:00\n\nFrom\n\nFromage 07:00\n",
	  "f=" FROM "A:1\\010\\010>" FROM
	  "\\010from a 07:00\\010\\010From\\010\\010Fromage 07:00\\010|" },
	{ FROM "A:1\n\nFrom : a@b 07:00\n", "f=" FROM "A:1\\010\\010From : a@b 07:00\\010|" },
	{ "From : a@b\n\nFrom b\n", "f=From : a@b\\010\\010From b\\010|" },
	/* RFC 4155: a date; prose has none */
	{ FROM "A:1\n\nFrom now on\n", "f=" FROM "A:1\\010\\010From now on\\010|" },
	{ "From a\nA:1\n\nFrom b\n", "many f:1=From a\\010A:1\\010|f:2=From b\\010|" },
	/* the last line without its end */
	{ FROM "A:1\n\nFrom b 07:00", "many f:1=" FROM "A:1\\010|f:2=From b 07:00|" },
	/* begins with something else */
	{ "A:1\n\n" FROM "B:2\n", "f=A:1\\010\\010" FROM "B:2\\010|" },
};

/* Folder or file, as a fresh temporary folder with "f" in it. */
static char *
write_file(struct md_arena *mem, const char *dir, const char *name, const char *text)
{
	char *path = md_printf(mem, "%s/%s", dir, name);
	FILE *out = fopen(path, "we");

	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
	return path;
}

static char *
new_folder(struct md_arena *mem)
{
	char *dir = md_strdup(mem, "/tmp/maildiag-folder.XXXXXX");

	assert_non_null(mkdtemp(dir));
	return dir;
}

static void
remove_folder(struct md_arena *mem, const char *dir)
{
	assert_int_equal(system(md_printf(mem, "rm -rf %s", dir)), 0);
}

/* LF as "\010", but that of FROM as it is: so the table can be read. */
static const char *
shown(struct md_arena *mem, struct md_str octets)
{
	const char *text = md_show(mem, octets), *from;
	struct md_buf out = { .mem = mem };
	const size_t n = strlen(FROM) - 1;

	while ((from = strstr(text, md_show(mem, md_str(FROM)))) != NULL) {
		md_buf_add(&out, (struct md_str){ text, (size_t)(from - text) });
		md_buf_add(&out, md_str(FROM));
		text = from + n + strlen("\\010");
	}
	md_buf_add(&out, md_str(text));
	return md_buf_str(&out);
}

static const char *
read_all(struct md_arena *mem, const char *dir, const char *path)
{
	struct md_buf out = { .mem = mem };
	struct md_saved saved;
	enum md_folder_next next;
	const char *why = "";
	struct md_folder *folder = md_folder_open(mem, path, &why);
	const size_t skip = strlen(dir) + 1;

	if (folder == NULL)
		return why + skip;
	if (md_folder_is_many(folder))
		md_buf_printf(&out, "many ");
	while ((next = md_folder_next(folder, mem, &saved, &why)) != MD_FOLDER_END) {
		if (next == MD_FOLDER_BAD)
			md_buf_printf(&out, "!%s|", why + skip);
		else
			md_buf_printf(&out, "%s=%s|", saved.name + skip,
			              shown(mem, saved.octets));
	}
	assert_int_equal(md_folder_next(folder, mem, &saved, &why), MD_FOLDER_END);
	return md_buf_str(&out);
}

static void
files_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct md_arena *mem = md_arena_new();
		const char *dir = new_folder(mem);
		const char *path = write_file(mem, dir, "f", files[i].text);

		print_message("  %s\n", files[i].messages);
		assert_string_equal(read_all(mem, dir, path), files[i].messages);
		remove_folder(mem, dir);
		md_arena_free(mem);
	}
}

/* As gzip packs it, without the last `cut` octets. */
static char *
write_packed(struct md_arena *mem, const char *dir, struct md_str octets, size_t cut)
{
	char *path = md_printf(mem, "%s/f", dir);
	gzFile out = gzopen(path, "wb");
	struct stat st;

	assert_non_null(out);
	assert_int_equal(gzwrite(out, octets.p, (unsigned)octets.len), octets.len);
	assert_int_equal(gzclose(out), Z_OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(truncate(path, st.st_size - (off_t)cut), 0);
	return path;
}

static void
what_gzip_packed_is_unpacked(void **state)
{
	struct md_arena *mem = md_arena_new();
	const char *dir = new_folder(mem), *path;
	const struct md_str dense = { md_alloc(mem, 40 << 20), 40 << 20 };

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		path = write_packed(mem, dir, md_str(files[i].text), 0);
		assert_string_equal(read_all(mem, dir, path), files[i].messages);
	}
	path = write_packed(mem, dir, md_str(files[0].text), 8);
	assert_string_equal(read_all(mem, dir, path),
	                    "!f: it ends in the middle of what gzip packed|");
	path = write_file(mem, dir, "f",
	                  "\x1f\x8b\x08\x01\x01\x01\x01\x01\x01\x01\xff\xff\xff");
	assert_string_equal(read_all(mem, dir, path), "!f: what gzip packed there is damaged|");
	path = write_packed(mem, dir, dense, 0);
	assert_string_equal(read_all(mem, dir, path),
	                    "!f: it unpacks to far more than mail does: unpack it first|");
	remove_folder(mem, dir);
	md_arena_free(mem);
}

static void
maildirs_are_read_in_order(void **state)
{
	struct md_arena *mem = md_arena_new();
	const char *dir = new_folder(mem);

	(void)state;
	mkdir(md_printf(mem, "%s/cur", dir), 0700);
	mkdir(md_printf(mem, "%s/new", dir), 0700);
	mkdir(md_printf(mem, "%s/tmp", dir), 0700);
	mkdir(md_printf(mem, "%s/cur/folder", dir), 0700);
	write_file(mem, dir, "cur/2.b:2,S", "B:");
	write_file(mem, dir, "cur/1.a:2,", "A:");
	write_file(mem, dir, "new/0.c", "C:");
	write_file(mem, dir, "tmp/3.d", "D:");
	write_file(mem, dir, "cur/.hidden", "E:");
	write_file(mem, dir, "x.eml", "F:");
	assert_int_equal(mkfifo(md_printf(mem, "%s/cur/9", dir), 0600), 0);
	assert_int_equal(symlink("gone", md_printf(mem, "%s/new/8", dir)), 0);
	assert_string_equal(read_all(mem, dir, dir),
	                    "many cur/1.a:2,=A:|cur/2.b:2,S=B:|!cur/9: not a regular file|"
	                    "new/0.c=C:|!new/8: No such file or directory|");
	remove_folder(mem, dir);
	md_arena_free(mem);
}

static void
folders_of_files_are_read(void **state)
{
	struct md_arena *mem = md_arena_new();
	const char *dir = new_folder(mem);

	(void)state;
	assert_string_equal(
	        read_all(mem, "", dir),
	        md_printf(
	                mem,
	                "%s: a folder, but no Maildir (it has neither cur nor new), and without files *.eml",
	                dir) +
	                1);
	write_file(mem, dir, "cur", "no folder");
	write_file(mem, dir, "b.eml", "B:");
	write_file(mem, dir, "a.EML", "A:");
	write_file(mem, dir, ".eml", "C:");
	write_file(mem, dir, "README", "D:");
	assert_string_equal(read_all(mem, dir, dir), "many a.EML=A:|b.eml=B:|");
	assert_string_equal(read_all(mem, dir, md_printf(mem, "%s/", dir)),
	                    "many a.EML=A:|b.eml=B:|");
	remove_folder(mem, dir);
	mkdir(dir, 0700);
	mkdir(md_printf(mem, "%s/new", dir), 0700);
	assert_string_equal(read_all(mem, dir, dir), "many ");
	remove_folder(mem, dir);
	assert_string_equal(read_all(mem, "", dir),
	                    md_printf(mem, "%s: No such file or directory", dir) + 1);
	md_arena_free(mem);
}

/* Through a pipe, messages of many sizes around that of the window. */
static void
an_mbox_is_streamed(void **state)
{
	struct md_arena *mem = md_arena_new(), *window = md_arena_new();
	const char *dir = new_folder(mem), *path = md_printf(mem, "%s/f", dir);
	FILE *out = fopen(path, "we");
	struct md_mbox in;
	struct md_str message;
	int n = 0, fd;

	(void)state;
	for (int i = 0; i < 3000; i++)
		fprintf(out, FROM "N:%d\n\n%*s\n\n", i, i % 100 == 0 ? 300000 : i, "x");
	fclose(out);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	md_mbox_start(&in, window, md_unpack_open(window, fd), 0);
	assert_true(md_mbox_is(&in) && md_mbox_has_another(&in));
	for (; md_mbox_next(&in, &message) == MD_MBOX_MESSAGE; n++) {
		const char *begin = md_printf(mem, FROM "N:%d\n\n", n);

		assert_true(md_str_starts(message, begin));
		assert_int_equal(message.len, strlen(begin) + 1 +
		                                      (size_t)(n % 100 == 0 ? 300000
		                                               : n == 0     ? 1
		                                                            : n));
	}
	assert_int_equal(n, 3000);
	assert_true(md_arena_size(window) < 2000000);
	close(fd);
	remove_folder(mem, dir);
	md_arena_free(window);
	md_arena_free(mem);
}

static void
an_error_ends_an_mbox(void **state)
{
	struct md_arena *mem = md_arena_new();
	const int fd = open("/tmp", O_RDONLY | O_CLOEXEC | O_DIRECTORY);
	struct md_mbox in;
	struct md_str message;

	(void)state;
	md_mbox_start(&in, mem, md_unpack_open(mem, fd), 0); /* read() of a folder fails */
	assert_false(md_mbox_is(&in));
	assert_int_equal(md_mbox_next(&in, &message), MD_MBOX_ERROR);
	assert_int_equal(md_mbox_next(&in, &message), MD_MBOX_END);
	close(fd);
	md_arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_read),
		cmocka_unit_test(what_gzip_packed_is_unpacked),
		cmocka_unit_test(maildirs_are_read_in_order),
		cmocka_unit_test(folders_of_files_are_read),
		cmocka_unit_test(an_mbox_is_streamed),
		cmocka_unit_test(an_error_ends_an_mbox),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
