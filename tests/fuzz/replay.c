/* Runs a fuzz target over every file of a folder: the corpus as a regression test. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST = 1 << 20 };

static void
replay(const char *folder, const char *name)
{
	char path[4096];
	uint8_t *bytes = malloc(LARGEST), *exact;
	size_t len;
	FILE *in;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	in = fopen(path, "rb");
	if (in == NULL || bytes == NULL) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	len = fread(bytes, 1, LARGEST, in);
	fclose(in);
	exact = malloc(len > 0 ? len : 1); /* so that a sanitizer sees a read too far */
	if (exact == NULL)
		exit(EXIT_FAILURE);
	memcpy(exact, bytes, len);
	free(bytes);
	LLVMFuzzerTestOneInput(exact, len);
	free(exact);
}

int
main(int argc, char **argv)
{
	DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
	unsigned n = 0;

	if (dir == NULL) {
		fprintf(stderr, "usage: %s CORPUS\n", argv[0]);
		return EXIT_FAILURE;
	}
	for (const struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
		if (e->d_name[0] != '.') {
			replay(argv[1], e->d_name);
			n++;
		}
	}
	closedir(dir);
	printf("%u inputs\n", n);
	return n > 0 ? EXIT_SUCCESS : EXIT_FAILURE; /* an empty corpus tests nothing */
}
