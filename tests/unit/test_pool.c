/* Blocking work on threads: how much at once, when it ends, and that nothing is lost. */
#include "unit.h"

#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"
#include "net/io.h"
#include "net/pool.h"

enum { MOST = 4, PIECES = 40 };

static atomic_uint under_way, highest, begun, ended_early;

struct piece {
	unsigned takes; /* ms */
	unsigned done, late, dropped;
};

static void
busy(struct md_work *w, void *arg)
{
	const struct piece *p = arg;
	const unsigned now = atomic_fetch_add(&under_way, 1) + 1;
	unsigned most = atomic_load(&highest);

	atomic_fetch_add(&begun, 1);
	while (now > most && !atomic_compare_exchange_weak(&highest, &most, now))
		continue;
	if (!md_work_pause(w, p->takes))
		atomic_fetch_add(&ended_early, 1);
	atomic_fetch_sub(&under_way, 1);
}

static void
done(void *arg, enum md_work_end how)
{
	struct piece *p = arg;

	p->done++;
	p->late += how != MD_WORK_DONE;
}

static void
refused(void *arg, enum md_work_end how)
{
	((struct piece *)arg)->done += how == MD_WORK_REFUSED;
}

static void
drop(void *arg)
{
	((struct piece *)arg)->dropped++;
}

struct fixture {
	struct md_arena *mem;
	struct md_loop loop;
	struct md_pool *pool;
	struct piece pieces[PIECES];
	struct md_work *works[PIECES];
};

static void
open_pool(struct fixture *f)
{
	const char *why = "";

	memset(f, 0, sizeof(*f));
	highest = begun = ended_early = 0;
	f->mem = md_arena_new();
	assert_int_equal(md_loop_open(&f->loop), 0);
	f->pool = md_pool_new(f->mem, &f->loop, MOST, &why);
	assert_non_null(f->pool);
}

static void
start(struct fixture *f, unsigned takes, unsigned patience)
{
	open_pool(f);
	for (int i = 0; i < PIECES; i++) {
		f->pieces[i].takes = takes;
		f->works[i] = md_pool_start(f->pool, &(struct md_job){ .arg = &f->pieces[i],
		                                                       .milliseconds = patience,
		                                                       .work = busy,
		                                                       .done = done,
		                                                       .drop = drop });
	}
}

static size_t
count_dropped(const struct fixture *f)
{
	size_t n = 0;

	for (int i = 0; i < PIECES; i++)
		n += f->pieces[i].dropped;
	return n;
}

/* Until so many pieces are dropped, or ten seconds are over. */
static void
step_until(struct fixture *f, size_t dropped)
{
	struct pollfd fd = { .fd = f->loop.fd, .events = POLLIN };

	for (int i = 0; i < 1000 && count_dropped(f) < dropped; i++) {
		poll(&fd, 1, 10);
		md_loop_step(&f->loop);
		md_pool_step(f->pool);
	}
	assert_int_equal(count_dropped(f), dropped);
}

static void
end(struct fixture *f)
{
	md_pool_free(f->pool);
	md_loop_close(&f->loop);
	md_arena_free(f->mem);
	for (int i = 0; i < PIECES; i++)
		assert_int_equal(f->pieces[i].dropped, 1);
	assert_int_equal(under_way, 0);
}

static void
no_more_run_at_once_than_may(void **state)
{
	struct fixture f;

	(void)state;
	start(&f, 5, 10000);
	step_until(&f, PIECES);
	assert_int_equal(begun, PIECES);
	assert_in_range(highest, 1, MOST);
	for (int i = 0; i < PIECES; i++) {
		assert_int_equal(f.pieces[i].done, 1);
		assert_int_equal(f.pieces[i].late, 0);
	}
	assert_int_equal(md_pool_timeout(f.pool), -1);
	end(&f);
}

static void
start_one(struct fixture *f, struct piece *p)
{
	md_pool_start(f->pool, &(struct md_job){ .arg = p,
	                                         .milliseconds = 10000,
	                                         .work = busy,
	                                         .done = done,
	                                         .drop = drop });
}

/* One thread is idle when many pieces come at once: it does not get them all. */
static void
an_idle_thread_holds_up_no_others(void **state)
{
	struct fixture f;

	(void)state;
	open_pool(&f);
	start_one(&f, &f.pieces[0]);
	step_until(&f, 1);
	usleep(20000); /* its thread is idle by now */
	for (int i = 1; i < PIECES; i++) {
		f.pieces[i].takes = 20;
		start_one(&f, &f.pieces[i]);
	}
	step_until(&f, PIECES);
	assert_int_equal(highest, MOST);
	end(&f);
}

static void
what_takes_too_long_is_late(void **state)
{
	struct fixture f;

	(void)state;
	start(&f, 60000, 5);
	step_until(&f, PIECES);
	for (int i = 0; i < PIECES; i++)
		assert_int_equal(f.pieces[i].done, 1);
	assert_int_equal(ended_early, PIECES);
	end(&f);
}

static void
what_is_cancelled_is_never_done(void **state)
{
	struct fixture f;

	(void)state;
	start(&f, 60000, 60000);
	while (atomic_load(&begun) < MOST)
		usleep(1000);
	for (int i = PIECES; i-- > 0;)
		md_pool_cancel(f.works[i]);
	assert_in_range(count_dropped(&f), PIECES - MOST, PIECES - MOST); /* the queued */
	step_until(&f, PIECES);
	for (int i = 0; i < PIECES; i++)
		assert_int_equal(f.pieces[i].done, 0);
	assert_int_equal(begun, MOST);
	end(&f);
}

static void
a_pool_is_closed_over_its_work(void **state)
{
	struct fixture f;

	(void)state;
	start(&f, 60000, 60000);
	while (atomic_load(&begun) < MOST)
		usleep(1000);
	end(&f);
	for (int i = 0; i < PIECES; i++)
		assert_int_equal(f.pieces[i].done, 0);
}

static atomic_int heard;

static void
listen_to(struct md_work *w, void *arg)
{
	atomic_store(&heard, md_work_wait(w, *(const int *)arg, POLLIN) ? 1 : 2);
}

static void
ignore(void *arg, enum md_work_end how)
{
	(void)arg;
	(void)how;
}

static void
let_go(void *arg)
{
	(void)arg;
}

static void
work_waits_for_descriptors(void **state)
{
	struct fixture f;
	int ends[2];

	(void)state;
	start(&f, 0, 1000);
	step_until(&f, PIECES);
	for (int ready = 0; ready < 2; ready++) {
		assert_int_equal(pipe(ends), 0);
		heard = 0;
		if (ready)
			assert_int_equal(write(ends[1], "x", 1), 1);
		md_pool_start(f.pool, &(struct md_job){ .arg = &ends[0],
		                                        .milliseconds = 50,
		                                        .work = listen_to,
		                                        .done = ignore,
		                                        .drop = let_go });
		while (atomic_load(&heard) == 0)
			usleep(1000);
		assert_int_equal(heard, ready ? 1 : 2);
		close(ends[0]);
		close(ends[1]);
	}
	end(&f);
}

/* Nothing is lost, and nothing ends the program, where no descriptor is left. */
static void
without_descriptors_work_is_refused(void **state)
{
	struct rlimit old, none;
	struct piece piece = { .takes = 0 };
	struct fixture f;

	(void)state;
	start(&f, 0, 1000);
	step_until(&f, PIECES);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	none = old;
	none.rlim_cur = 3;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	begun = 0;
	md_pool_start(f.pool, &(struct md_job){ .arg = &piece,
	                                        .milliseconds = 1000,
	                                        .work = busy,
	                                        .done = refused,
	                                        .drop = drop });
	for (int i = 0; i < 1000 && piece.dropped == 0; i++) {
		usleep(1000);
		md_loop_step(&f.loop);
	}
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_int_equal(piece.done, 1);
	assert_int_equal(piece.dropped, 1);
	assert_int_equal(begun, 0);
	end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_more_run_at_once_than_may),
		cmocka_unit_test(an_idle_thread_holds_up_no_others),
		cmocka_unit_test(what_takes_too_long_is_late),
		cmocka_unit_test(what_is_cancelled_is_never_done),
		cmocka_unit_test(a_pool_is_closed_over_its_work),
		cmocka_unit_test(work_waits_for_descriptors),
		cmocka_unit_test(without_descriptors_work_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
