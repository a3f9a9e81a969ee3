/* What is said to a witness, and by it: bounded by the line, the questions, and the octets. */
#include "witness/talk.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

enum {
	QUESTIONS = 300,  /* more than any engine of ours asks */
	OCTETS = 1 << 20, /* said in all */
};

static void
think(struct md_witness *w)
{
	w->thinking = true;
	w->until = md_clock() + w->left;
}

static void
stop_clock(struct md_witness *w)
{
	const uint64_t now = md_clock();

	w->thinking = false;
	w->left = w->until > now ? w->until - now : 0;
}

/* What is next to be sent: the line, then the message; NULL when all is. */
static struct md_str *
next_piece(struct md_witness *w)
{
	if (w->line_to_send.len > 0)
		return &w->line_to_send;
	for (size_t i = 0; i < MD_WITNESS_PIECES; i++)
		if (w->message[i].len > 0)
			return &w->message[i];
	return NULL;
}

/* It listens no more; yet it may have said why, before. */
static void
send_nothing(struct md_witness *w)
{
	w->line_to_send.len = 0;
	memset(w->message, 0, sizeof(w->message));
}

/* Sends what can be sent, and watches for room if that was not all. */
static void
flush(struct md_witness *w)
{
	struct md_str *piece;

	while ((piece = next_piece(w)) != NULL) {
		const ssize_t n =
		        send(w->line->io.fd, piece->p, piece->len, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			break;
		if (n < 0)
			send_nothing(w);
		else
			*piece = md_str_skip(*piece, (size_t)n);
	}
	md_io_watch(&w->all->loop, &w->line->io, piece != NULL ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

void
md_witness_say(struct md_witness *w, const char *line)
{
	w->line_to_send = md_str(line);
	think(w);
	flush(w);
}

void
md_witness_tell(struct md_witness *w, const struct md_dns *fact)
{
	if (w->phase != MD_WITNESS_TALKING)
		return;
	assert(!w->thinking);
	md_arena_free(w->answers);
	w->answers = md_arena_new();
	md_witness_say(w, md_testimony_answer(w->answers, fact));
}

static void
take_opinion(struct md_witness *w, const struct md_testimony *t)
{
	const struct md_opinion opinion = { .fact = { .state = MD_PRESENT, .why = "" },
		                            .engine = w->engine,
		                            .input = w->input,
		                            .result = t->result,
		                            .detail = t->detail,
		                            .nparts = t->nparts,
		                            .parts = t->parts,
		                            .lookups = t->lookups };

	md_witness_conclude(w, &opinion);
}

static void
take_line(struct md_witness *w, struct md_arena *mem, struct md_str text)
{
	struct md_testimony t;
	const char *why;

	if (!md_testimony_read(mem, text, &t, &why)) {
		md_witness_conclude_without(w, "the verifier cannot be understood: %s", why);
	} else if (t.kind == MD_TESTIMONY_OPINION) {
		take_opinion(w, &t);
	} else if (t.kind == MD_TESTIMONY_REFUSED) {
		md_witness_conclude_without(w, "refused: %s", t.detail);
	} else if (!w->thinking || w->nsaid > 0 || next_piece(w) != NULL) {
		md_witness_conclude_without(w, "the verifier does not wait for answers");
	} else if (++w->questions > QUESTIONS) {
		md_witness_conclude_without(w, "the verifier asks more than %d questions",
		                            QUESTIONS);
	} else {
		stop_clock(w);
		w->calls->asks(w->arg, &t.question);
	}
}

/* Takes all complete lines off what was said. */
static void
take_lines(struct md_witness *w)
{
	char *newline;

	while (w->phase == MD_WITNESS_TALKING &&
	       (newline = memchr(w->said, '\n', w->nsaid)) != NULL) {
		const size_t len = (size_t)(newline - w->said);
		struct md_arena *mem = md_arena_new();
		const struct md_str text = { md_strndup(mem, w->said, len), len };

		w->nsaid -= len + 1;
		memmove(w->said, newline + 1, w->nsaid);
		take_line(w, mem, text);
		md_arena_free(mem);
	}
	if (w->phase == MD_WITNESS_TALKING &&
	    (w->nsaid == sizeof(w->said) || w->octets > OCTETS))
		md_witness_conclude_without(w, "the verifier says too much");
}

static void
listen_to(struct md_witness *w)
{
	while (w->phase == MD_WITNESS_TALKING) {
		const ssize_t n = recv(w->line->io.fd, w->said + w->nsaid,
		                       sizeof(w->said) - w->nsaid, MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0) {
			md_witness_hang_up(w);
			return;
		}
		w->nsaid += (size_t)n;
		w->octets += (size_t)n;
		take_lines(w);
	}
}

void
md_witness_ready(struct md_io *io, uint32_t events)
{
	struct md_witness *w = ((struct md_witness_line *)io)->witness;

	if ((events & EPOLLOUT) != 0)
		flush(w);
	if (w->phase == MD_WITNESS_TALKING)
		listen_to(w);
}
