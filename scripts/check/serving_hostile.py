"""Check that clients who are slow, gone or hostile take nothing from a server: no memory, no slots, no secrets.

    python3 scripts/check/serving_hostile.py [--count N] [--attune PROGRAM] [--folder FOLDER] [--threads N]

1. what cannot be answered is refused with the right status, in OpenAI's shape, with nothing of the server in it: JSON that is none, that is
   deep or wrong in type, bodies of 100 MB, more choices, tokens and context than there may be
2. who has no key is told so whatever the address, and 1,000 guesses learn nothing
3. headers and connections that are made to confuse are refused or cut off
4. 1,000 slow readers, 1,000 half-open connections and 1,000 clients that vanish, in waves of 100: afterwards memory has grown by less than
   64 MiB since the cache was full and the first wave of each kind (22 KiB for each of them), descriptors and gauges are where they were, and the server answers
   at once

All seeds are fixed. Ends with status 1 where a line is not met. Needs Python 3.9 and nothing else.
"""
import http.client
import json
import random
import re
import select
import socket
import struct
import time

from bench import check, main
from served import INSIDES, Reply, Server, request_bytes, until, untrained

WAVE, SLOTS, TIMEOUT, CONTEXT = 100, 64, 30, 1024
SECRET = "what nobody should find in a log"
CHAT, TEXT = "/v1/chat/completions", "/v1/completions"


class Watched:
    """A server whose every answer is looked through for what it should not say."""

    def __init__(self, server, folder):
        self.server, self.leaks = server, []
        self.secrets = [*INSIDES, str(folder), server.admin_key, *server.keys]

    def look(self, words, reply):
        told = reply.body.decode("utf-8", "replace") + " ".join(f"{name}: {value}" for name, value in reply.headers.items())
        self.leaks += [f"{words}: {secret}" for secret in self.secrets if secret in told]
        return reply

    def ask(self, words, method, path, body=None, **options):
        try:
            return self.look(words, self.server.ask(method, path, body, **options))
        except (OSError, http.client.HTTPException) as error:
            return Reply(0, {}, repr(error).encode())

    def raw(self, words, *parts, seconds=10):
        """What comes back for these bytes, as long as something does; the first status, and all of it."""
        got, status = b"", 0
        try:
            with socket.create_connection(("127.0.0.1", self.server.port), timeout=seconds) as connection:
                try:
                    for part in parts:
                        # One that has been answered already need not hear the rest.
                        if select.select([connection], [], [], 0)[0]:
                            break
                        connection.sendall(part)
                except OSError:
                    pass  # It hangs up; what it said before can still be read.
                while data := connection.recv(1 << 16):
                    got += data
        except socket.timeout:
            got += b"" if got else b"(nothing, and still open)"
        except OSError:
            pass
        if got.startswith(b"HTTP/1."):
            status = int(got[9:12])
        self.look(words, Reply(status, {}, got))
        return status, got


def judge(words, cases):
    """One line for many cases: those that are wrong are shown."""
    wrong = [f"{name}: {seen}" for name, holds, seen in cases if not holds]
    check(cases and not wrong, f"{words}: {len(cases) - len(wrong)} of {len(cases)} {wrong[:5] or ''}")


def refused(reply, statuses=(400,)):
    error = reply.error()
    return reply.status in statuses and error is not None, f"{reply.status} {reply.body[:160]!r}"


def ready(b):
    model, _ = untrained(b, "pico")
    b.server = Server(b, model, "--request-timeout", TIMEOUT, "--context", CONTEXT, "--slots", SLOTS, "--store", b.path("store"), keys=16)
    b.descriptors = b.server.descriptors()
    b.watched = Watched(b.server, b.folder)
    # Half of a header, from now until the end: the server is to lose patience.
    b.stale = [half_open(b.server, place) for place in range(50)]
    b.stale_since = time.monotonic()


def bodies(b):
    w, name = b.watched, b.server.name
    good = {"model": name, "prompt": SECRET, "max_tokens": 2}
    text = json.dumps(good)
    deep = b'{"model": "' + name.encode() + b'", "prompt": ' + b"[" * 10_000 + b"]" * 10_000 + b"}"
    cases = []
    for words, body in {
            "nothing": b"", "a brace": b"{", "no JSON": b"hello", "a text": b'"hello"', "a list": b"[1]", "null": b"null", "two values": b"{}{}",
            "a comma too many": text[:-1].encode() + b",}", "no value": b'{"model": }', "NaN": b'{"model": NaN}', "an endless text": b'{"model": "',
            "10,000 lists": deep, "10,000 open lists": b"[" * 10_000, "10,000 open objects": b'{"a":' * 10_000,
            "invalid UTF-8": b'{"model": "' + name.encode() + b'", "prompt": "\xff\xfe\xc3\x28"}', "an overlong code": text.encode().replace(b"what", b"\xc0\xaf"),
            "half a code point": text.encode().replace(b"what", b"\xe2\x82"), "null bytes": b"\0" * 100, "a null byte in a text": text.encode().replace(b"what", b"\0"),
            "UTF-16": text.encode("utf-16"), "no fields": b"{}", "no prompt": json.dumps({"model": name}).encode()}.items():
        for path in (TEXT, CHAT, "/v1/feedback"):
            cases.append((f"{words} at {path}", *refused(w.ask(words, "POST", path, body))))
    judge("bodies that cannot be read are refused with 400", cases)
    cases = []
    for words, body in {
            "a key twice": text[:-1].encode() + b', "max_tokens": 3}', "a lone surrogate": text.encode().replace(b"what", b"\\ud800"),
            "an escaped null": text.encode().replace(b"what", b"\\u0000"), "a byte-order mark": b"\xef\xbb\xbf" + text.encode(),
            "a huge exponent": text[:-1].encode() + b', "seed": 1e999999}', "a number of 100,000 digits": text[:-1].encode() + b', "seed": ' + b"9" * 100_000 + b"}",
            "10,000 unknown fields": json.dumps({**good, **{f"field {number}": number for number in range(10_000)}}).encode(),
            "an unknown field with a line end": json.dumps({**good, "x\r\nSet-Cookie: a": 1}).encode()}.items():
        reply = w.ask(words, "POST", TEXT, body)
        cases.append((words, reply.status == 200 or refused(reply)[0], refused(reply)[1]))
        cases.append((words, "set-cookie" not in reply.headers, reply.headers))
    judge("odd bodies are answered or refused with 400", cases)


def types(b):
    """Each field with values of every wrong kind; null is as good as leaving it out."""
    w, name = b.watched, b.server.name
    no_text = [5, 1.5, True, {}, {"a": 1}]
    no_number = ["5", True, {}, [], [5], {"a": 1}]
    no_count = [*no_number, 1.5, -1, 0, 10**6, 10**30, 1e308, -10**30]
    no_flag = ["true", 1, 0, {}, [True]]
    wrong = {
        "model": [*no_text, []], "max_tokens": no_count, "n": no_count, "temperature": [*no_number, -1, 1e308], "top_p": [*no_number, -1, 2, 0],
        "stream": no_flag, "seed": [*no_number, 1.5], "stop": [5, True, {}, [5], [[]], ["x"] * 1000, "x" * 100_000], "user": [*no_text, [], "x" * 100_000],
        "stream_options": ["x", 5, True, [1]], "presence_penalty": [*no_number, 1e308], "frequency_penalty": [*no_number, -1e308],
        "min_tokens": ["5", True, {}, [], -1, 1.5, 10**30], "top_k": ["5", True, {}, 1.5, 10**30], "metadata": [5, "x", [1]]}
    of_text = {"prompt": [5, True, {}, {"a": 1}, [], [{}], [True], "", [""], [-1], [1.5], [10**12], ["x"] * 100_000, [[]], [["x"]]],
               "logprobs": ["5", True, {}, [], -1, 1.5, 10**6]}
    turn = {"role": "user", "content": "Hello."}
    of_chat = {"messages": [5, "x", True, {}, [], [5], ["x"], [{}], [[]], [{"role": 5, "content": "x"}], [{"role": "nobody", "content": "x"}], [{"role": "user"}],
                            [{"role": "user", "content": 5}], [{"role": "user", "content": [5]}], [{"role": "user", "content": [{"type": "image_url"}]}],
                            [{"content": "x"}], [turn] * 20_000],
               "logprobs": ["true", 1, {}, []], "top_logprobs": [*no_number, -1, 1.5, 10**6]}
    of_feedback = {"response_id": [*no_text, [], ""], "rating": [*no_number, -2, 2, 1e308], "comment": [*no_text, [], "x" * 200_000], "tags": [5, "x", {}, [5], ["x"] * 1000],
                   "consent": no_flag}
    cases = []
    for path, good, fields in ((TEXT, {"model": name, "prompt": "Hello.", "max_tokens": 2}, {**wrong, **of_text}),
                               (CHAT, {"model": name, "messages": [turn], "max_tokens": 2}, {**wrong, **of_chat}),
                               ("/v1/feedback", {"response_id": "none", "rating": 1}, of_feedback)):
        for field, values in fields.items():
            for value in values:
                # Alternatives are for those who want log probabilities at all.
                body = {**good, **({"logprobs": True} if field == "top_logprobs" else {}), **({"stream": True} if field == "stream_options" else {}), field: value}
                reply = w.ask(field, "POST", path, body)
                holds, seen = refused(reply)
                cases.append((f"{field} = {value!r:.40} at {path}", holds and (reply.error()["param"] or field).split("[")[0].split(".")[0] == field, seen))
    judge("fields of a wrong type or size are refused with 400, and named", cases)


def sizes(b):
    w, name = b.watched, b.server.name
    cases = []
    for words, body, code in (("n of a million", {"n": 10**6}, None), ("a billion tokens", {"max_tokens": 10**9}, None),
                              ("the context and one token", {"prompt": "a b c " * 2000}, "context_length_exceeded"),
                              ("tokens beyond the vocabulary", {"prompt": [10**6]}, None)):
        for stream in (False, True):
            reply = w.ask(words, "POST", TEXT, {"model": name, "prompt": "Hello.", "max_tokens": 2, "stream": stream, **body})
            holds, seen = refused(reply)
            cases.append((words, holds and (code is None or reply.error()["code"] == code), seen))
    judge("more than there may be is refused with 400, before the first byte of a stream", cases)
    header = f"POST {TEXT} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {b.server.key()}\r\nContent-Type: application/json\r\n".encode()
    block, memory = b'{"a": "' + b"x" * (1 << 20), b.server.rss()
    declared, _ = w.raw("100 MB declared", header + b"Content-Length: 104857600\r\n\r\n", *[block[:1 << 20]] * 100)
    chunk = b"%x\r\n" % len(block) + block + b"\r\n"
    chunked, _ = w.raw("100 MB in chunks", header + b"Transfer-Encoding: chunked\r\n\r\n", *[chunk] * 100)
    nobody, _ = w.raw("100 MB without a key", header.replace(b.server.key().encode(), b"nobody") + b"Content-Length: 104857600\r\n\r\n", *[block[:1 << 20]] * 100)
    grown = (b.server.rss() - memory) / 2**20
    check(declared == 413 and chunked in (413, 0) and nobody in (401, 413) and grown < 64,
          f"bodies of 100 MB: {declared} where they are declared, {chunked or 'cut off'} in chunks, {nobody} without a key; {grown:.0f} MiB more memory")
    began = time.monotonic()
    slow = socket.create_connection(("127.0.0.1", b.server.port))
    slow.sendall(header + b"Content-Length: 1000\r\n\r\n")
    ended = False
    while not ended and time.monotonic() - began < TIMEOUT + 60:
        try:
            ended = bool(select.select([slow], [], [], 0.5)[0]) or slow.send(b"x") == 0
        except OSError:
            ended = True
    slow.close()
    check(ended, f"a body of a byte every half second is ended after {time.monotonic() - began:.0f} s")


def addresses(b):
    """Nobody without a key learns which addresses there are; nothing of administration is to be had from the public listener."""
    w = b.watched
    paths = ["/", "/v1", "/v1/", "/v1/models", "/v1/models/none", TEXT, CHAT, "/v1/score", "/v1/feedback", "/metrics", "/version", "/admin", "/admin/canary",
             "/admin/canary/promote", "/v1/../admin/canary", "/v1/%2e%2e/admin/canary", "//admin/canary", "/v1//models", "/v1%2fmodels", "/v1%2f..%2fadmin%2fcanary",
             "/health/../v1/models", "/health/..;/v1/models", "/health%2f..%2fv1/models", "/health/x", "/ready/../metrics", "/%68ealth/../metrics",
             "/v1/models/..%2f..%2f..%2fetc%2fpasswd", "/v1/models/%00", "/etc/passwd", "/../../etc/passwd", "/.env", "/.git/config", "/debug", "/v1/models%0d%0aX-Y:%20z",
             "/" + "a" * 4000, "/v1/models/" + "%41" * 1000, "/v1/models?key=" + b.server.key(), "/swagger.json", "/invocations", "/tokenize", "/pause"]
    cases, known = [], []
    for path in paths:
        for method in ("GET", "POST", "DELETE", "PUT", "OPTIONS", "TRACE"):
            status, got = w.raw(path, f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode())
            cases.append((f"{method} {path[:60]}", status == 401 and b'"error"' in got, f"{status} {got[-120:]!r}"))
            # An empty part of an address may be nothing at all.
            if path not in ("/v1/models", "/v1//models", "/metrics", "/version") and "?" not in path and method == "GET":
                status, got = w.raw(path, f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {b.server.key()}\r\nConnection: close\r\n\r\n".encode())
                known.append((path[:60], status in (400, 403, 404, 405, 414) and b'"error"' in got, f"{status} {got[-120:]!r}"))
    judge("without a key every address is 401, whether it is there or not", cases)
    judge("with one there is nothing at odd addresses", known)
    judge("only health and readiness are public", [(path, w.ask(path, "GET", path, key=None).status == 200, "") for path in ("/health", "/ready")])
    cases = []
    for path in ("/", "/metrics", "/admin/canary", "/nothing"):
        for key in (None, b.server.key(), "x"):
            reply = w.ask(path, "GET", path, key=key, admin=True)
            cases.append((path, reply.status in (401, 403), reply.status))
    judge("administration is for its own key", cases)


def guesses(b):
    w, chance, real = b.watched, random.Random(1), b.server.key()
    answers, echoed = {}, 0
    for number in range(1000):
        guess = [f"sk-{chance.getrandbits(96):x}", real[:number % len(real)], real + "x", real.upper(), real[:-1] + chr(97 + number % 26), "'; DROP TABLE keys; --",
                 "x" * (number % 500 + 1)][number % 7]
        if guess == real:
            continue
        header = [f"Bearer {guess}", f"Basic {guess}", guess, "Bearer", f"bearer  {guess} "][number % 5 if number > 500 else 0]
        reply = w.ask("a guess", "GET", "/v1/models", key=None, headers={"Authorization": header})
        echoed += len(guess) > 8 and guess.encode() in reply.body
        answers.setdefault(reply.status, set()).add(reply.body)
    statuses = {status: len(found) for status, found in answers.items()}
    # Who shows no key at all may be told another sentence than who shows a wrong one.
    check(set(statuses) <= {401, 429} and 401 in statuses and statuses[401] <= 2 and not echoed,
          f"1,000 guesses are answered with 401 or 429, in the same words whatever they are: {statuses}")
    check(w.ask("the key", "GET", "/v1/models").status == 200, "and the key itself is still good")


def connections(b):
    w, key = b.watched, b.server.key()
    line, auth = b"GET /v1/models HTTP/1.1\r\n", f"Host: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n".encode()
    post = f"POST {TEXT} HTTP/1.1\r\n".encode() + auth
    hidden = b"GET /v1/models HTTP/1.1\r\n" + auth + b"\r\n"
    cases = []
    for words, parts in {
            "a header of a megabyte": (line + b"X: " + b"x" * (1 << 20) + b"\r\n" + auth + b"\r\n",), "10,000 fields": (line + b"".join(b"X%d: y\r\n" % n for n in range(10_000)) + auth + b"\r\n",),
            "an address of a megabyte": (b"GET /" + b"a" * (1 << 20) + b" HTTP/1.1\r\n" + auth + b"\r\n",),
            "two lengths": (post + b"Content-Length: 2\r\nContent-Length: 20\r\n\r\n{}",), "a length of -1": (post + b"Content-Length: -1\r\n\r\n",),
            "a length that is none": (post + b"Content-Length: two\r\n\r\n{}",), "a length of 40 digits": (post + b"Content-Length: " + b"9" * 40 + b"\r\n\r\n",),
            "chunks of no size": (post + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",), "chunks of a huge size": (post + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",),
            "a coding that is unknown": (post + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",), "no HTTP": (b"hello\r\n\r\n",), "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64),),
            "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",), "a version of 9.9": (b"GET /v1/models HTTP/9.9\r\n" + auth + b"\r\n",), "a null byte": (line + b"X: a\0b\r\n" + auth + b"\r\n",),
            "a blank before the colon": (post + b"Content-Length : 2\r\n\r\n{}",)}.items():
        status, got = w.raw(words, *parts, seconds=5)
        cases.append((words, (400 <= status < 600 and status != 500 or not got) and got.count(b"HTTP/1.") <= 1, f"{status} {got[:80]!r}"))
    judge("headers that confuse are refused or cut off", cases)
    status, got = w.raw("smuggling", post + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n" + hidden, seconds=5)
    check(got.count(b"HTTP/1.") <= 1 and b'"object":"list"' not in got.replace(b" ", b""), f"a request hidden behind two lengths is not answered: {status}")
    began = time.monotonic()
    status, got = w.raw("HTTP/1.0", b"GET /v1/models HTTP/1.0\r\n" + auth + b"\r\n", seconds=5)
    check(status == 200 and b.server.name.encode() in got and time.monotonic() - began < 4, "HTTP/1.0 is answered, and the connection closed")
    last = request_bytes("POST", TEXT, {"model": b.server.name, "prompt": "Hello.", "max_tokens": 2}, key)
    status, got = w.raw("pipelining", hidden * 10 + last, seconds=20)
    check(got.count(b"HTTP/1.1 200") == 11 and got.rfind(b"text_completion") > got.rfind(b'"list"'), "11 requests in one packet are answered in order")
    status, got = w.raw("a preflight", b"OPTIONS /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: GET\r\nConnection: close\r\n\r\n")
    check(b"access-control-allow-origin" not in got.lower(), "no other site is let in")


def half_open(server, place):
    connection = socket.create_connection(("127.0.0.1", server.port))
    header = f"POST {TEXT} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {server.key(place)}\r\n"
    connection.sendall([b"", b"PO", header[:40].encode(), header.encode(), (header + "Content-Length: 500\r\n\r\n").encode(),
                        (header + 'Content-Length: 500\r\n\r\n{"model": ').encode()][place % 6])
    return connection


def leave(connection, place):
    """Every other one as a program that crashed: with a reset."""
    if place % 2:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def slow_readers(b, count):
    """Streams with much in them, of which a byte a second is read, or nothing."""
    body = {"model": b.server.name, "prompt": "Hello.", "max_tokens": 900, "min_tokens": 900, "logprobs": 20, "stream": True}
    readers = [b.server.open({**body, "seed": place}, b.server.key(place), window=2048) for place in range(count)]
    seen = 0
    for second in range(4):
        time.sleep(1)
        for place, reader in enumerate(readers):
            if place % 2 == 0 and select.select([reader], [], [], 0)[0]:
                seen += bool(reader.recv(1))
    for place, reader in enumerate(readers):
        leave(reader, place)
    return seen > 0


def half_opens(b, count):
    found = [half_open(b.server, place) for place in range(count)]
    time.sleep(0.5)
    for place, connection in enumerate(found):
        leave(connection, place)
    return True


def vanishing(b, count):
    """Streams that are left at their first token."""
    body = {"model": b.server.name, "prompt": "Hello.", "max_tokens": 900, "min_tokens": 900, "stream": True}
    leaving = {connection: place for place, connection in
               enumerate(b.server.open({**body, "seed": place}, b.server.key(place)) for place in range(count))}
    served, deadline = 0, time.monotonic() + 30
    while leaving and time.monotonic() < deadline:
        for connection in select.select(list(leaving), [], [], 1)[0]:
            try:
                served += connection.recv(1 << 12).startswith(b"HTTP/1.1 200")
            except OSError:
                pass
            leave(connection, leaving.pop(connection))
    for connection, place in leaving.items():
        leave(connection, place)
    return served == count


def fill(b):
    """Uses every slot to its end: the cache of keys and values is there from the beginning, but takes memory where it was written."""
    body = {"model": b.server.name, "prompt": [40] * (CONTEXT - 8), "max_tokens": 8, "min_tokens": 8}
    served = 0
    for connection in [b.server.open({**body, "seed": place}, b.server.key(place)) for place in range(SLOTS)]:
        answer = b""
        while data := connection.recv(1 << 16):
            answer += data
        counted = re.search(rb'"total_tokens"\s*:\s*(\d+)', answer)
        served += counted is not None and int(counted[1]) == CONTEXT
    check(served == SLOTS, f"{served} of {SLOTS} answers fill the cache of keys and values")


def waves(b):
    server, count = b.server, b.options.count
    polite = {"model": server.name, "prompt": "Hello.", "max_tokens": 1}
    kinds = {"slow readers": slow_readers, "half-open connections": half_opens, "clients that vanish": vanishing}
    fill(b)
    # The first wave of each fills what else is kept for ever after.
    for kind in kinds.values():
        kind(b, WAVE)
    server.idle(TIMEOUT + 15)
    memory = server.rss()
    for words, kind in kinds.items():
        good, idle, longest = True, True, 0.0
        for wave in range(count // WAVE):
            good &= kind(b, WAVE)
            began = time.monotonic()
            idle &= server.idle(TIMEOUT + 15)
            longest = max(longest, time.monotonic() - began)
        began = time.monotonic()
        answered = server.post(TEXT, polite).status == 200
        check(good and idle and answered and time.monotonic() - began < 5,
              f"{count} {words}: all slots are free after {longest:.1f} s at most, and the next client is answered in {time.monotonic() - began:.2f} s; "
              f"{(server.rss() - memory) / 2**20:+.0f} MiB")
    stuck = [server.open({"model": server.name, "prompt": "Hello.", "max_tokens": 900, "min_tokens": 900, "logprobs": 20, "stream": True}, server.key(place), window=2048)
             for place in range(WAVE)]
    began = time.monotonic()
    until(lambda: server.busy() > 0, TIMEOUT)
    freed = server.idle(2 * TIMEOUT + 30)
    check(freed, f"who never reads and never leaves holds a slot for {time.monotonic() - began:.0f} s")
    for place, connection in enumerate(stuck):
        leave(connection, place)
    closed = until(lambda: all(gone(connection) for connection in b.stale), max(1, 120 - (time.monotonic() - b.stale_since)), pause=1)
    check(closed, f"connections that stay half open are closed by the server, {time.monotonic() - b.stale_since:.0f} s after they were opened at most")
    for connection in b.stale:
        connection.close()
    settled = until(lambda: server.descriptors() <= b.descriptors + 10, 30, pause=0.5)
    check(settled, f"descriptors: {b.descriptors} in the beginning, {server.descriptors()} in the end")
    grown = server.rss() - memory
    check(grown < 64 << 20, f"memory has grown by {grown / 2**20:.1f} MiB over {3 * count} bad clients, less than 64")


def gone(connection):
    """Whether a server has ended a connection, perhaps after an answer."""
    try:
        while select.select([connection], [], [], 0)[0]:
            if not connection.recv(1 << 12):
                return True
    except OSError:
        return True
    return False


def silent(b):
    server, w = b.server, b.watched
    began = time.monotonic()
    alive = server.ask("GET", "/health", key=None).status == 200
    check(alive and time.monotonic() - began < 1 and server.process.poll() is None, "after all of that the server is alive and answers at once")
    check(not w.leaks, f"no answer tells what it should not {w.leaks[:5] or ''}")
    log = server.log()
    told = [secret for secret in (SECRET, "Fatal error", "Stack dump", server.admin_key, *server.keys) if secret in log]
    check(not told and len(log) < 10 << 20, f"nor does the log, of {len(log) >> 10} KiB {told or ''}")
    check(server.stop() == 143, "the server ends with status 143 when it is asked to")


if __name__ == "__main__":
    main(__doc__, "check-serving-hostile", [ready, bodies, types, sizes, addresses, guesses, connections, waves, silent], numbers={"count": 1000})
