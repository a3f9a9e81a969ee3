/* Threads that take work from a queue, and an eventfd that wakes who asked for it. */
#include "net/pool.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/queue.h>
#include <unistd.h>

#include "base/arena.h"
#include "net/io.h"

TAILQ_HEAD(work_list, md_work);

struct md_work {
	TAILQ_ENTRY(md_work) place; /* in one of the pool's lists */
	struct md_pool *pool;
	struct md_job job;
	uint64_t until; /* md_clock; 0: it has not begun */
	int stop;       /* an eventfd: readable when the work must end; -1 before it begins */
	enum md_work_end end;
	bool told; /* done() was called, or must not be */
};

/* The socket of the loop that wakes the pool's own thread. */
struct waker {
	struct md_io io;
	struct md_pool *pool;
};

struct md_pool {
	struct md_loop *loop;
	struct waker *waker;
	pthread_mutex_t lock; /* of all below */
	pthread_cond_t work;
	struct work_list queue, running, ended;
	unsigned most, nthreads, idle, nqueued;
	pthread_t *threads;
	bool closing;
};

/* ---- threads ---- */

/* Milliseconds that are left, at least 0. */
static int
left(const struct md_work *w)
{
	const uint64_t now = md_clock();
	const uint64_t ms = w->until > now ? (w->until - now + 999) / 1000 : 0;

	return ms < INT_MAX ? (int)ms : INT_MAX;
}

/* Under the lock: from one of the lists to those that have ended. */
static void
end(struct md_pool *p, struct work_list *from, struct md_work *w)
{
	TAILQ_REMOVE(from, w, place);
	TAILQ_INSERT_TAIL(&p->ended, w, place);
	eventfd_write(p->waker->io.fd, 1);
}

static void
run(struct md_pool *p, struct md_work *w)
{
	TAILQ_REMOVE(&p->queue, w, place);
	p->nqueued--;
	TAILQ_INSERT_TAIL(&p->running, w, place);
	w->until = md_clock() + (uint64_t)w->job.milliseconds * 1000;
	w->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (w->stop >= 0) {
		pthread_mutex_unlock(&p->lock);
		w->job.work(w, w->job.arg);
		pthread_mutex_lock(&p->lock);
		w->end = left(w) > 0 ? MD_WORK_DONE : MD_WORK_LATE;
	}
	end(p, &p->running, w);
}

static void *
work(void *arg)
{
	struct md_pool *p = arg;

	pthread_mutex_lock(&p->lock);
	while (!p->closing) {
		struct md_work *w = TAILQ_FIRST(&p->queue);

		if (w != NULL) {
			run(p, w);
			continue;
		}
		p->idle++;
		pthread_cond_wait(&p->work, &p->lock);
		p->idle--;
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

static int
lesser(int a, int b)
{
	return a < b ? a : b;
}

bool
md_work_wait(struct md_work *w, int fd, short events)
{
	struct pollfd fds[] = { { .fd = w->stop, .events = POLLIN },
		                { .fd = fd, .events = events } };

	while (left(w) > 0 && poll(fds, 2, left(w)) <= 0)
		continue; /* a signal, or the last millisecond */
	return fds[0].revents == 0 && fds[1].revents != 0;
}

bool
md_work_pause(struct md_work *w, unsigned milliseconds)
{
	struct pollfd stop = { .fd = w->stop, .events = POLLIN };
	const uint64_t until = md_clock() + (uint64_t)milliseconds * 1000;

	/* A signal may wake it early. */
	for (uint64_t now = md_clock(); now < until && left(w) > 0; now = md_clock()) {
		const uint64_t ms = (until - now + 999) / 1000;

		if (poll(&stop, 1, lesser(ms < INT_MAX ? (int)ms : INT_MAX, left(w))) > 0)
			return false;
	}
	return left(w) > 0;
}

/* ---- the pool's own thread ---- */

static void
forget(struct md_work *w)
{
	if (w->stop >= 0)
		close(w->stop);
	w->job.drop(w->job.arg);
	free(w);
}

/* Takes the first of a list, or NULL. */
static struct md_work *
take(struct md_pool *p, struct work_list *list)
{
	struct md_work *w;

	pthread_mutex_lock(&p->lock);
	w = TAILQ_FIRST(list);
	if (w != NULL)
		TAILQ_REMOVE(list, w, place);
	pthread_mutex_unlock(&p->lock);
	return w;
}

static void
woken(struct md_io *io, uint32_t events)
{
	struct md_pool *p = ((struct waker *)io)->pool;
	struct md_work *w;
	eventfd_t count;

	(void)events;
	eventfd_read(io->fd, &count);
	while ((w = take(p, &p->ended)) != NULL) {
		if (!w->told) {
			w->told = true;
			w->job.done(w->job.arg, w->end);
		}
		forget(w);
	}
}

/* The descriptor that wakes the pool's own thread, on its loop.  0, or an errno. */
static int
open_waker(struct md_pool *p)
{
	const int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

	if (fd < 0)
		return errno;
	p->waker = md_io_new(sizeof(*p->waker), fd);
	p->waker->pool = p;
	p->waker->io.ready = woken;
	return md_io_add(p->loop, &p->waker->io, EPOLLIN);
}

struct md_pool *
md_pool_new(struct md_arena *mem, struct md_loop *loop, unsigned most, const char **why)
{
	struct md_pool *p = md_alloc(mem, sizeof(*p));
	int fault;

	p->loop = loop;
	p->most = most;
	p->threads = md_alloc(mem, most * sizeof(*p->threads));
	TAILQ_INIT(&p->queue);
	TAILQ_INIT(&p->running);
	TAILQ_INIT(&p->ended);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->work, NULL);
	fault = open_waker(p);
	if (fault == 0)
		return p;
	*why = strerror(fault);
	md_pool_free(p);
	return NULL;
}

struct md_work *
md_pool_start(struct md_pool *p, const struct md_job *job)
{
	struct md_work *w = calloc(1, sizeof(*w));

	if (w == NULL)
		abort(); /* as md_alloc does */
	*w = (struct md_work){ .pool = p, .job = *job, .stop = -1, .end = MD_WORK_REFUSED };
	pthread_mutex_lock(&p->lock);
	TAILQ_INSERT_TAIL(&p->queue, w, place);
	p->nqueued++;
	/* An idle thread takes one piece, and only once it has woken up. */
	if (p->idle < p->nqueued && p->nthreads < p->most &&
	    pthread_create(&p->threads[p->nthreads], NULL, work, p) == 0)
		p->nthreads++;
	if (p->nthreads == 0) {
		p->nqueued--;
		w->until = 1; /* it does not wait any more */
		end(p, &p->queue, w);
	}
	pthread_cond_signal(&p->work);
	pthread_mutex_unlock(&p->lock);
	return w;
}

void
md_pool_cancel(struct md_work *w)
{
	struct md_pool *p = w->pool;
	bool queued;

	pthread_mutex_lock(&p->lock);
	w->told = true;
	queued = w->until == 0;
	if (queued) {
		TAILQ_REMOVE(&p->queue, w, place);
		p->nqueued--;
	} else if (w->stop >= 0) {
		eventfd_write(w->stop, 1);
	}
	pthread_mutex_unlock(&p->lock);
	if (queued)
		forget(w);
}

/* The first that is late and has not been told so, or NULL. */
static struct md_work *
late(struct md_pool *p)
{
	struct md_work *w;

	pthread_mutex_lock(&p->lock);
	TAILQ_FOREACH(w, &p->running, place)
	{
		if (!w->told && left(w) == 0)
			break;
	}
	if (w != NULL) {
		w->told = true;
		eventfd_write(w->stop, 1);
	}
	pthread_mutex_unlock(&p->lock);
	return w;
}

void
md_pool_step(struct md_pool *p)
{
	struct md_work *w;

	while ((w = late(p)) != NULL)
		w->job.done(w->job.arg, MD_WORK_LATE);
}

int
md_pool_timeout(struct md_pool *p)
{
	const struct md_work *w;
	int ms = -1;

	pthread_mutex_lock(&p->lock);
	TAILQ_FOREACH(w, &p->running, place)
	{
		if (!w->told && (ms < 0 || left(w) < ms))
			ms = left(w);
	}
	pthread_mutex_unlock(&p->lock);
	return ms;
}

static void
stop_all(struct md_pool *p)
{
	struct md_work *w;

	pthread_mutex_lock(&p->lock);
	p->closing = true;
	TAILQ_FOREACH(w, &p->running, place)
	{
		w->told = true;
		eventfd_write(w->stop, 1);
	}
	pthread_cond_broadcast(&p->work);
	pthread_mutex_unlock(&p->lock);
	for (unsigned i = 0; i < p->nthreads; i++)
		pthread_join(p->threads[i], NULL);
}

void
md_pool_free(struct md_pool *p)
{
	struct md_work *w;

	if (p == NULL)
		return;
	stop_all(p);
	while ((w = take(p, &p->queue)) != NULL || (w = take(p, &p->ended)) != NULL)
		forget(w);
	if (p->waker != NULL)
		md_io_close(p->loop, &p->waker->io);
	pthread_cond_destroy(&p->work);
	pthread_mutex_destroy(&p->lock);
}
