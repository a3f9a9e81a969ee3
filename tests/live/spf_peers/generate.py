"""Makes small worlds by chance: zones with SPF records that are hard to judge, and senders."""
import ipaddress
import random

QUALIFIERS = ["", "", "", "+", "-", "~", "?"]
RECORD_LETTERS = list("slodihv" * 3 + "p")
LETTERS = [*RECORD_LETTERS, *"cr" * 3]  # in explanations
FAULTS = ["a:", "a:/24", "ip4:1.2.3", "ip4:192.0.2.1/33", "ip4:192.0.2.1/024", "ip6:::1/129",
          "ip4", "ip4:", "ip6:192.0.2.1", "include", "include:", "exists", "all:x.test", "all/8",
          "a/33", "a//129", "a/8/8", "a//", "foo", "foo:x.test", "-", "+-all", "a:x", "mx:x.9",
          "a:%{x}.test", "a:%{d", "a:%(d).test", "a:%{d0}.test", "a:%z.test", "a:x.test:80",
          "redirect=", "exp=", "redirect=x.test redirect=y.test", "exp=x.test exp=x.test",
          "ptr/24", "exists:x.test/24", "a:x-.-y", "a:%{d}.test-", "exp:x.test", "unknown=%{x}",
          "exp=%{c}.test", "ip4:192.0.2.256", "ip6:1::2::3", "a=x.test", "IP4:192.0.2.1//24"]
HARMLESS = ["moo=", "moo=x", "op.x_-9=%{d}", "accredit=%{d}.x.test", "Unknown=a=b"]


class World:
    """A domain, what its DNS holds, and who sends: the same for the same seed and number."""

    def __init__(self, seed, number):
        self.chance = random.Random(f"{seed}/{number}")
        self.domain = f"c{number}.test"
        self.net4 = f"10.{number // 256 % 256}.{number % 256}"
        self.net6 = f"2001:db8:{number % 65536:x}:"
        self.stranger = f"172.16.{number // 256 % 256}.{number % 256}"
        self.records = {}
        self.queries = []
        self.names = 0

    def add(self, name, kind, *values):
        there = self.records.setdefault((name.lower(), kind), [])
        there.extend(v for v in values if v not in there)

    def fail(self, name, kind):
        self.records[(name.lower(), kind)] = self.chance.choice(["SERVFAIL", "TIMEOUT"])

    def name(self, stem="n"):
        self.names += 1
        return f"{stem}{self.names}.{self.domain}"

    def ip4(self):
        return f"{self.net4}.{self.chance.choice([1, 2, 3, 127, 128, 254])}"

    def ip6(self):
        return f"{self.net6}:{self.chance.choice(['1', '2', '8001', 'ffff'])}"

    # ---- hosts -------------------------------------------------------------------------

    def host(self):
        """A name that a, or an exchange, may point at."""
        name, kind = self.name("h"), self.chance.random()
        if kind < 0.15:
            return name  # NXDOMAIN
        if kind < 0.25:
            self.add(name, "TXT", "no address here")
        elif kind < 0.4:
            self.add(name, "CNAME", self.host())
        elif kind < 0.45:
            self.fail(name, self.chance.choice(["A", "AAAA"]))
        else:
            if kind < 0.9:
                self.add(name, "A", *(self.ip4() for _ in range(self.chance.randint(1, 3))))
            if kind > 0.6:
                self.add(name, "AAAA", *(self.ip6() for _ in range(self.chance.randint(1, 2))))
        return name

    def exchanges(self, most=3):
        name = self.name("m")
        for i in range(self.chance.randint(0, most)):
            self.add(name, "MX", f"{i} {self.host()}")
        return name

    def reverse(self, ip, most=3):
        """PTR records for a sender, some of them true."""
        pointer = ip_reverse(ip)
        kind = "AAAA" if ":" in ip else "A"
        for _ in range(self.chance.randint(1, most)):
            name = self.chance.choice([self.name("p"), f"p{self.names}.elsewhere{self.names}.test",
                                       self.domain])
            if name not in self.records.get((pointer, "PTR"), []):
                self.add(pointer, "PTR", name)
            if self.chance.random() < 0.5 and (name, "A") not in self.records:
                self.add(name, kind, ip)

    # ---- terms -------------------------------------------------------------------------

    def macro(self, letters=RECORD_LETTERS):
        if self.chance.random() < 0.15:
            return self.chance.choice(["%%", "%_", "%-"])
        letter = self.chance.choice(letters)
        if self.chance.random() < 0.3:
            letter = letter.upper()
        digits = self.chance.choice(["", "", "1", "2", "3", "128"])
        return ("%{" + letter + digits + self.chance.choice(["", "", "r"] * 9 + ["R"]) +
                self.chance.choice(["", "", "", "-", ".", "+-", "/", "=_,"]) + "}")

    def prefix(self):
        four = self.chance.choice(["", "", "/32", "/31", "/25", "/24", "/0"])
        six = self.chance.choice(["", "", "//128", "//127", "//112", "//64", "//0"])
        return four + six

    def local_record(self, depth):
        return self.record(depth) if depth < 3 else self.name()

    def term(self, depth):
        """One term without its qualifier, and what it needs in the DNS."""
        pick = self.chance.random()
        if pick < 0.2:
            length = self.chance.choice(["", "/32", "/31", "/25", "/24", "/8"])
            return f"ip4:{self.ip4()}{length}"
        if pick < 0.3:
            return f"ip6:{self.ip6()}" + self.chance.choice(["", "/128", "/127", "/113", "/64"])
        if pick < 0.5:
            own = self.chance.random() < 0.3
            return "a" + ("" if own else ":" + self.host()) + self.prefix()
        if pick < 0.62:
            own = self.chance.random() < 0.2
            return "mx" + ("" if own else ":" + self.exchanges()) + self.prefix()
        if pick < 0.7:
            target = f"{self.macro()}.{self.domain}"
            return self.chance.choice(["exists:", "a:"]) + self.chance.choice(
                [target, self.host()])
        if pick < 0.76:
            return "ptr" + self.chance.choice(["", ":" + self.domain])
        return "include:" + self.local_record(depth + 1)

    def terms(self, depth, most=4):
        return [self.chance.choice(QUALIFIERS) + self.term(depth)
                for _ in range(self.chance.randint(0, most))]

    def tail(self, depth):
        pick = self.chance.random()
        if pick < 0.2:
            return ["redirect=" + self.local_record(depth + 1)]
        if pick < 0.3:
            return []
        if pick < 0.4:
            return ["-all", "redirect=" + self.name()]
        return [self.chance.choice(["-", "-", "~", "?", "+", ""]) + "all"]

    def explanation(self):
        name = self.name("e")
        words = [self.chance.choice(["see ", "not %{i} ", "http://x/?s=%{S}&i=%{I} ", "a-b_c~d "]),
                 self.macro(LETTERS), self.macro(LETTERS)]
        self.add(name, "TXT", "".join(words))
        return "exp=" + name

    def record(self, depth=0, words=None):
        """Publishes a record at a name of its own (at depth 0: the domain); gives the name."""
        name = self.domain if depth == 0 else self.name("r")
        if words is None:
            pick = self.chance.random()
            if depth > 0 and pick < 0.06:
                return name  # nothing there
            if depth > 0 and pick < 0.1:
                self.fail(name, "TXT")
                return name
            words = self.terms(depth) + self.tail(depth)
            if self.chance.random() < 0.25:
                words.append(self.explanation())
            if self.chance.random() < 0.15:
                words.insert(self.chance.randint(0, len(words)), self.chance.choice(HARMLESS))
            if self.chance.random() < 0.06:
                words.insert(self.chance.randint(0, len(words)), self.chance.choice(FAULTS))
        text = " ".join(["v=spf1", *words])
        if self.chance.random() < 0.15:
            text = " ".join(self.mixed_case(word) for word in text.split(" "))
        if self.chance.random() < 0.1:
            text = text.replace(" ", "  ") + " "
        self.publish(name, text)
        return name

    def mixed_case(self, word):
        """Not in macros, where case has a meaning, and rarely in names of modifiers."""
        keep = "%" in word or ("=" in word and self.chance.random() < 0.9)
        return word if keep else "".join(
            c.upper() if self.chance.random() < 0.4 else c for c in word)

    def publish(self, name, text):
        if self.chance.random() < 0.05 and name != self.domain:
            alias, name = name, self.name("t")
            self.add(alias, "CNAME", name)
        self.add(name, "TXT", text)
        pick = self.chance.random()
        if pick < 0.1:
            self.add(name, "TXT", "verify=abc", "v=spf10 -all", "spf2.0/pra -all")
        elif pick < 0.13:
            self.add(name, "TXT", self.chance.choice(["v=spf1", "v=spf1 ?all", "V=SPF1 -all"]))

    # ---- senders -----------------------------------------------------------------------

    def send(self, how_many=2):
        for _ in range(how_many):
            ip = self.chance.choice([self.ip4(), self.ip4(), self.ip6(), self.stranger,
                                     "::ffff:" + self.ip4()])
            if self.chance.random() < 0.4 and (ip_reverse(ip), "PTR") not in self.records:
                self.reverse(ip, self.chance.choice([3, 3, 12]))
            local = self.chance.choice(["user", "a+b", "strong-bad", "x.y-z", "Q=r"])
            domain = self.domain.upper() if self.chance.random() < 0.1 else self.domain
            mail_from = f"{local}@{domain}"
            if self.chance.random() < 0.1:
                mail_from = domain
            helo = self.chance.choice(["mail.other.test", self.domain, "localhost", "[10.1.2.3]"])
            if self.chance.random() < 0.15:
                mail_from, helo = "", self.chance.choice([self.domain, self.domain, helo])
            self.queries.append((ip, mail_from, helo))


def ip_reverse(ip):
    address = ipaddress.ip_address(ip)
    return (getattr(address, "ipv4_mapped", None) or address).reverse_pointer


# ---- kinds of worlds ---------------------------------------------------------------------


def by_chance(w):
    w.record()
    if w.chance.random() < 0.5:
        w.add(w.domain, "A", w.ip4())
    if w.chance.random() < 0.3:
        w.add(w.domain, "MX", f"10 {w.host()}")


def near_void_limit(w):
    """One to four terms that find nothing, each in another way, before one that matches."""
    dead = w.name("dead")
    w.add(dead, "TXT", "only this")
    dangling = w.name("alias")
    w.add(dangling, "CNAME", w.name("gone"))
    twice = w.name("mx")
    w.add(twice, "MX", f"1 {w.name('gone')}", f"2 {w.name('gone')}")
    ways = [f"a:{w.name()}", f"mx:{w.name()}", f"exists:{w.name()}", f"a:{dead}", f"mx:{dead}",
            f"exists:{dangling}", f"mx:{twice}", "ptr"]
    words = w.chance.sample(ways, w.chance.randint(1, 4)) + [f"ip4:{w.net4}.0/24", "-all"]
    if w.chance.random() < 0.3:
        words = ["include:" + w.record(1, words[:2] + ["?all"]), *words[2:]]
    w.record(0, words)


def near_term_limit(w):
    """Nine to twelve terms that ask, in records that include and redirect to each other."""
    host, left = w.name("host"), w.chance.randint(9, 12)
    w.add(host, "A", "192.0.2.77")
    w.add(host, "AAAA", "2001:db8:ffff::77")
    w.add(host, "MX", f"1 {host}")
    asking = [f"a:{host}", f"mx:{host}", f"exists:%{{i}}.{w.domain}"]
    nested = []
    while left > 0:
        here = min(left, w.chance.randint(1, 4))
        words = [w.chance.choice(asking[:2]) for _ in range(here)]
        if nested:
            words[w.chance.randrange(here)] = "include:" + nested.pop()
        left -= here
        last = [] if left > 0 else [f"ip4:{w.net4}.0/24"]
        if left > 0 and w.chance.random() < 0.3:
            words.append("-all")
        nested.append(w.record(1, words + last))
    if w.chance.random() < 0.5:
        w.record(0, ["redirect=" + nested.pop()])
    else:
        w.record(0, ["include:" + nested.pop(), "~all"])


def many_hosts(w):
    """Nine to twelve exchanges, or names of the sender, the last of them the right one."""
    name, many = w.name("mx"), w.chance.randint(9, 12)
    right = w.chance.randrange(many)
    for i in range(many):
        exchange = w.name("x")
        w.add(name, "MX", f"{i} {exchange}")
        w.add(exchange, "A", f"{w.net4}.1" if i == right else "192.0.2.1")
        w.add(exchange, "AAAA", f"{w.net6}:1" if i == right else "2001:db8:ffff::1")
    w.record(0, [f"mx:{name}", "-all"])


def macros(w):
    """What macros become, seen in the explanation."""
    name = w.name("why")
    w.add(name, "TXT", " ".join(w.macro(LETTERS) for _ in range(4)))
    w.add(f"user.{w.domain}", "A", "127.0.0.2")
    w.record(0, [f"{w.chance.choice('?~')}exists:{w.macro()}{w.macro()}.{w.domain}",
                 f"?a:%{{l1r-}}.{w.domain}", "-all", "exp=" + name])


def faulty(w):
    words = [f"ip4:{w.net4}.0/25", w.chance.choice(FAULTS), "-all"]
    w.chance.shuffle(words)
    if w.chance.random() < 0.3:
        words = [w.chance.choice(["include:", "redirect="]) + w.record(1, words)]
    w.record(0, words)


def make(seed, number):
    w = World(seed, number)
    kind = w.chance.choices([by_chance, near_void_limit, near_term_limit, many_hosts, macros,
                             faulty], [8, 3, 2, 1, 3, 3])[0]
    kind(w)
    w.send()
    return w
