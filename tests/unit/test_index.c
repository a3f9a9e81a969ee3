/* Texts that are found again, whatever they are, in few steps however many there are. */
#include "unit.h"

#include "base/arena.h"
#include "base/index.h"

static const struct md_str texts[] = {
	{ "", 0 },
	{ "a", 1 },
	{ "ab", 2 },
	{ "a\0", 2 },
	{ "a\0\0", 3 },
	{ "\0", 1 },
	{ "\x80", 1 },
	{ "\xff", 1 },
	{ "\xff\xff", 2 },
	{ "abc", 3 },
	{ "abd", 3 },
	{ "example.com", 11 },
	{ "example.co", 10 },
};

static void
each_text_is_there_once(void **state)
{
	struct md_arena *mem = md_arena_new();
	struct md_index index = { .mem = mem };

	(void)state;
	assert_null(md_index_find(&index, md_str("a")));
	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_false(md_index_has(&index, texts[i]));
		assert_true(md_index_add(&index, texts[i]));
		*md_index_at(&index, texts[i]) = (void *)(uintptr_t)(i + 1);
	}
	assert_int_equal(index.n, COUNT(texts));
	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_false(md_index_add(&index, texts[i]));
		assert_int_equal((uintptr_t)md_index_find(&index, texts[i]), i + 1);
	}
	assert_int_equal(index.n, COUNT(texts));
	assert_false(md_index_has(&index, md_str("abe")));
	md_arena_free(mem);
}

/* Steps to find each of n names, all together. */
static size_t
steps_of(size_t n)
{
	struct md_arena *mem = md_arena_new();
	struct md_index index = { .mem = mem };
	size_t steps = 0;

	for (size_t i = 0; i < n; i++)
		md_index_add(&index, md_str(md_printf(mem, "d%zu.example.com", i)));
	for (size_t i = 0; i < n; i++)
		steps += md_index_steps(&index, md_str(md_printf(mem, "d%zu.example.com", i)));
	md_arena_free(mem);
	return steps;
}

static void
work_grows_with_the_number_of_texts(void **state)
{
	const size_t few = steps_of(1000), many = steps_of(8000);

	(void)state;
	assert_true(many < 12 * few);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_text_is_there_once),
		cmocka_unit_test(work_grows_with_the_number_of_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
