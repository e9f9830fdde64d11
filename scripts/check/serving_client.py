"""Use a server with the official openai client, as programs do; scripts/check/serving_client installs it.

Models, chat and completions, streamed and not; n, stop, seeds, log probabilities, usage; errors; cancellation; 32 mixed requests at once; the
asynchronous client. Greedy answers are those of `attune generate`, alone and within a full batch.

All seeds are fixed. Ends with status 1 where a line is not met.
"""
import asyncio
import base64
import functools
import hashlib
import math
import subprocess
import time

import openai

from bench import check, main
from served import Server, together, world

GREEDY = 40


def prompts(b, count=64):
    return [row["prompt"] for row in b.rows("asked.jsonl")][:count]


def client_of(server, **options):
    return openai.OpenAI(base_url=server.url + "/v1", api_key=options.pop("key", server.key()), max_retries=0, timeout=120, **options)


def raised(kind, call):
    """The error of this kind that a call ends with; anything else is shown, and not it."""
    try:
        return None, f"no error: {call()!r:.200}"
    except kind as error:
        return error, f"{type(error).__name__} {error.status_code} {error.code}: {error.message:.160}"
    except Exception as error:
        return None, f"{type(error).__name__}: {error!s:.200}"


def refused(words, kind, call, status, code=None):
    error, seen = raised(kind, call)
    shape = error is not None and isinstance(error.body, dict) and {"message", "type", "param", "code"} <= set(error.body)
    check(shape and error.status_code == status and code in (None, error.code), f"{words}: {seen}")
    return error


def gathered(stream):
    """Texts of a stream by index, ends by index, usages, how many chunks."""
    texts, ends, usages, chunks = {}, {}, [], 0
    for chunk in stream:
        chunks += 1
        if chunk.usage:
            usages.append((chunk.usage, len(chunk.choices)))
        for choice in chunk.choices:
            piece = choice.delta.content if hasattr(choice, "delta") else choice.text
            texts[choice.index] = texts.get(choice.index, "") + (piece or "")
            if choice.finish_reason:
                ends.setdefault(choice.index, []).append(choice.finish_reason)
    return texts, ends, usages, chunks


def served(b):
    made = world(b)
    b.sandbox("prompts", 64, 21, "asked.jsonl")
    b.run("generate", "--model", made / "sft", "--prompts", b.path("asked.jsonl"), "--greedy", "--max-new-tokens", GREEDY, "--out", b.path("greedy.jsonl"))
    server = Server(b, made / "sft", "--slots", 64)
    try:
        client = client_of(server)
        for part in (models, greedy, chat, completions, log_probabilities, several, usage, errors, cancelled, mixed, asynchronous):
            part(b, server, client)
        check(server.idle(10), "in the end nothing is under way and nothing waits")
        unsaid = prompts(b)[0].strip()
        check(unsaid not in server.log() and server.key() not in server.log(), "the log holds neither prompts nor keys")
    finally:
        status = server.stop()
    check(status == 143, f"the server ends with status {status} when it is asked to")


def models(b, server, client):
    names = [model.id for model in client.models.list()]
    check(names == [server.name] and client.models.retrieve(server.name).id == server.name, f"the list of models: {names}")
    check(client.models.retrieve(server.name).object == "model", "a model says that it is one")


def greedy(b, server, client):
    """The same as `attune generate` writes, streamed and not, alone and among others."""
    rows, asked = b.rows("greedy.jsonl"), prompts(b)
    create = functools.partial(client.completions.create, model=server.name, temperature=0, max_tokens=GREEDY)

    def same(results, words):
        wrong = [(row["completion"], text) for row, text in zip(rows, results) if row["completion"] != text]
        check(len(results) > 0 and not wrong, f"greedy completions are those of attune generate, {words}: {len(results) - len(wrong)} of {len(results)} {wrong[:1] or ''}")
    same([create(prompt=prompt).choices[0].text for prompt in asked[:16]], "one after the other")
    same([gathered(create(prompt=prompt, stream=True))[0].get(0, "") for prompt in asked[:16]], "streamed")
    same([getattr(result, "choices", [None])[0] and result.choices[0].text for result in together(lambda prompt: create(prompt=prompt), asked)],
         "64 at once")
    ends = [create(prompt=prompt).choices[0].finish_reason for prompt in asked[:16]]
    check(ends == [row["finish_reason"] for row in rows[:16]], f"and end for the same reasons: {sorted(set(ends))}")
    shown = [subprocess.run([b.program, "generate", "--model", server.model, "--greedy", "--max-new-tokens", str(GREEDY), "--prompt", prompt],
                            check=True, text=True, capture_output=True).stdout for prompt in asked[:2]]
    check([text.rstrip("\n") for text in shown] == [row["completion"].rstrip("\n") for row in rows[:2]], "as attune generate --prompt shows them")
    several = create(prompt=asked[:8])
    same([choice.text for choice in sorted(several.choices, key=lambda choice: choice.index)], "8 prompts in one request")


def chat(b, server, client):
    messages = [{"role": "user", "content": "How much is 4 minus 2?"}]
    create = functools.partial(client.chat.completions.create, model=server.name, messages=messages, max_tokens=GREEDY)
    whole = create(temperature=0)
    choice = whole.choices[0]
    check(whole.object == "chat.completion" and choice.message.role == "assistant" and choice.message.content and choice.finish_reason in ("stop", "length")
          and abs(whole.created - time.time()) < 60 and whole.id, f"a chat completion is whole: {choice.message.content!r}")
    chunks = list(create(temperature=0, stream=True))
    check(len({chunk.id for chunk in chunks}) == 1 and all(chunk.object == "chat.completion.chunk" for chunk in chunks), "its chunks have one id")
    roles = [choice.delta.role for chunk in chunks for choice in chunk.choices if choice.delta.role]
    texts, ends, usages, _ = gathered(chunks)
    check(roles == ["assistant"] and texts == {0: choice.message.content} and ends == {0: [choice.finish_reason]} and not usages,
          "streamed it says the same, once who speaks and once why it ends")
    first = client.completions.create(model=server.name, prompt=f"Human: {messages[0]['content']}\n\nAssistant:", max_tokens=GREEDY, temperature=0).choices[0].text
    second = client.completions.create(model=server.name, prompt=f"\n\nHuman: {messages[0]['content']}\n\nAssistant:", max_tokens=GREEDY, temperature=0).choices[0].text
    check(choice.message.content.strip() in (first.strip(), second.strip()), "a model without a chat template is asked as Human and Assistant")
    long = create(messages=messages + [{"role": "assistant", "content": "2."}, {"role": "user", "content": [{"type": "text", "text": "Sure?"}]}])
    check(long.usage.prompt_tokens > whole.usage.prompt_tokens, "a conversation of several turns, one of them in parts, is read")


def completions(b, server, client):
    create = functools.partial(client.completions.create, model=server.name, prompt=prompts(b)[0], max_tokens=GREEDY)
    texts = {seed: [create(seed=seed, temperature=1).choices[0].text for _ in range(2)] for seed in (1, 2)}
    check(texts[1][0] == texts[1][1] and texts[2][0] == texts[2][1], "the same seed gives the same text twice")
    check(texts[1][0] != texts[2][0], "and another seed another one")
    streamed = gathered(create(seed=1, temperature=1, stream=True))[0][0]
    check(streamed == texts[1][0], "streamed too")
    free = {create(temperature=1).choices[0].text for _ in range(3)}
    check(len(free) > 1, "without a seed answers differ")
    text = create(temperature=0).choices[0].text
    for stop in ([text[5:9]], [text[12:14], "never said"]):
        at = min(text.find(word) for word in stop if word in text)
        ended = create(temperature=0, stop=stop).choices[0]
        check(ended.text == text[:at] and ended.finish_reason == "stop", f"it ends before {stop}: {ended.text!r}")
        streamed, ends, _, _ = gathered(create(temperature=0, stop=stop, stream=True))
        check(streamed.get(0, "") == text[:at] and ends == {0: ["stop"]}, "streamed too, and nothing of it is sent ahead")
    sharp = {create(temperature=0.0, seed=seed).choices[0].text for seed in range(3)}
    check(sharp == {text}, "at temperature 0 the seed is nothing")
    check({create(temperature=2, top_p=1e-6, seed=seed).choices[0].text for seed in range(3)} == {text}, "nor where top_p leaves one token")
    one = create(max_tokens=1, temperature=0)
    check(one.usage.completion_tokens == 1 and one.choices[0].finish_reason == "length", "one token is one token")


def log_probabilities(b, server, client):
    # So short that few end by themselves, and all tokens are seen.
    b.run("generate", "--model", server.model, "--prompts", b.path("asked.jsonl"), "--greedy", "--max-new-tokens", 5, "--out", b.path("short.jsonl"))
    rows = [row for row in b.rows("short.jsonl") if row["finish_reason"] == "length"][:8]
    found = [client.completions.create(model=server.name, prompt=row["prompt"], max_tokens=5, temperature=0, logprobs=3).choices[0].logprobs for row in rows]
    check(rows and all(len(each.tokens) == len(each.token_logprobs) == len(each.top_logprobs) == len(each.text_offset) == 5
                       and max(each.token_logprobs) <= 1e-6 for each in found), "each token of a completion has its log probability")
    check(all(max(top.values()) <= number + 1e-4 for each in found for top, number in zip(each.top_logprobs, each.token_logprobs)),
          "a greedy one is the most likely of its alternatives")
    worst = max(abs(sum(each.token_logprobs) - row["log_probability"]) for each, row in zip(found, rows))
    check(worst < 1e-3, f"together they are the log probability that attune generate tells: within {worst:.1e} of it")
    ask = functools.partial(client.chat.completions.create, model=server.name, messages=[{"role": "user", "content": "Hello."}], max_tokens=12, seed=3,
                            logprobs=True, top_logprobs=20)
    whole = ask()
    tokens = whole.choices[0].logprobs.content
    masses = [sum(math.exp(top.logprob) for top in token.top_logprobs) for token in tokens]
    ordered = all(first.logprob >= second.logprob for token in tokens for first, second in zip(token.top_logprobs, token.top_logprobs[1:]))
    check(all(len(token.top_logprobs) == 20 for token in tokens) and ordered and all(0 < mass <= 1 + 1e-4 for mass in masses),
          f"20 alternatives have the probability {min(masses):.3f} to {max(masses):.3f} together, in order")
    spelled = b"".join(bytes(token.bytes) for token in tokens if token.bytes)
    check(spelled.decode(errors="replace").strip() == whole.choices[0].message.content.strip(), "their bytes are the answer")
    streamed = [token.logprob for chunk in ask(stream=True) for choice in chunk.choices if choice.logprobs for token in choice.logprobs.content or ()]
    check(len(streamed) == len(tokens) and all(abs(one - two.logprob) < 1e-4 for one, two in zip(streamed, tokens)), "streamed they are the same")


def several(b, server, client):
    create = functools.partial(client.chat.completions.create, model=server.name, messages=[{"role": "user", "content": "Tell me what the gossel eats."}],
                               max_tokens=20, n=4, seed=5)
    whole = create()
    texts = [choice.message.content for choice in whole.choices]
    check([choice.index for choice in whole.choices] == [0, 1, 2, 3] and len(set(texts)) > 1, f"n = 4 gives {len(set(texts))} different answers")
    streamed, ends, _, _ = gathered(create(stream=True))
    check(streamed == dict(enumerate(texts)) and all(len(ends.get(index, ())) == 1 for index in range(4)), "streamed the same four, each with one end")
    check(whole.usage.completion_tokens <= 80 and whole.usage.completion_tokens > 20, f"usage counts all: {whole.usage.completion_tokens} tokens")


def usage(b, server, client):
    create = functools.partial(client.completions.create, model=server.name, prompt=prompts(b)[1], max_tokens=9, temperature=0)
    counted = create().usage
    check(counted.prompt_tokens > 0 and 0 < counted.completion_tokens <= 9 and counted.total_tokens == counted.prompt_tokens + counted.completion_tokens,
          f"usage: {counted.prompt_tokens} + {counted.completion_tokens} = {counted.total_tokens}")
    _, _, usages, _ = gathered(create(stream=True, stream_options={"include_usage": True}))
    check(len(usages) == 1 and usages[0][1] == 0 and usages[0][0].total_tokens == counted.total_tokens, "a stream tells it once, in a chunk without choices, if it is asked")
    check(gathered(create(stream=True))[2] == [], "and not else")
    told = server.metrics()["vllm:generation_tokens_total"]
    create()
    check(server.metrics()["vllm:generation_tokens_total"] - told == counted.completion_tokens, "the metrics count the same tokens")


def errors(b, server, client):
    chat = functools.partial(client.chat.completions.create, model=server.name, messages=[{"role": "user", "content": "Hello."}], max_tokens=5)
    for stream in (False, True):
        words = "streamed, before the first byte" if stream else "whole"
        refused(f"a wrong key, {words}", openai.AuthenticationError, lambda: client_of(server, key="sk-nobody").completions.create(
            model=server.name, prompt="x", stream=stream), 401, "invalid_api_key")
        refused(f"an unknown model, {words}", openai.NotFoundError, lambda: chat(model="none", stream=stream), 404, "model_not_found")
        error = refused(f"more than the context, {words}", openai.BadRequestError,
                        lambda: client.completions.create(model=server.name, prompt="word " * 20_000, max_tokens=5, stream=stream), 400, "context_length_exceeded")
        check(error is not None and sum(part.strip(".,").isdigit() for part in error.message.split()) >= 2, "it names both lengths")
        refused(f"n too large, {words}", openai.BadRequestError, lambda: chat(n=100_000, stream=stream), 400)
        refused(f"a temperature of −1, {words}", openai.BadRequestError, lambda: chat(temperature=-1, stream=stream), 400)
    error = refused("messages without a role", openai.BadRequestError, lambda: chat(messages=[{"content": "Hello."}]), 400)
    check(error is not None and error.param and error.param.startswith("messages"), f"it names the field {error and error.param}")
    refused("an unknown model by name", openai.NotFoundError, lambda: client.models.retrieve("none"), 404)
    refused("an unknown address", openai.NotFoundError, lambda: client.embeddings.create(model=server.name, input="x"), 404)
    limited(b, server)


def limited(b, server):
    """A key of a file that allows three requests a minute."""
    key = "sk-three-requests-a-minute"
    digest = base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()).decode().rstrip("=")
    keys = b.write("keys.jsonl", [{"name": "three", "digest": digest, "requests_per_minute": 3}])
    other = Server(b, server.model, "--keys", keys)
    try:
        client, seen = client_of(other, key=key), []
        for _ in range(8):
            try:
                seen.append(bool(client.completions.create(model=other.name, prompt="Hello.", max_tokens=1)))
            except openai.RateLimitError as error:
                seen.append(error)
        errors = [error for error in seen if error is not True]
        check(seen[:3] == [True] * 3 and len(errors) >= 4, f"a key of three requests a minute has {8 - len(errors)} of 8 answered")
        check(errors and all(error.code == "rate_limit_exceeded" and int(error.response.headers["retry-after"]) >= 1 for error in errors),
              "the others are told when to come again")
        check(client_of(other).completions.create(model=other.name, prompt="Hello.", max_tokens=1).choices, "and another key is served meanwhile")
        check(key not in other.log(), "the key is not in the log")
    finally:
        other.stop()


def cancelled(b, server, client):
    slow = {"model": server.name, "max_tokens": 1000, "stream": True, "extra_body": {"min_tokens": 1000}}
    streams = [client.completions.create(prompt=prompt, **slow) for prompt in prompts(b, 8)]
    for stream in streams:
        next(iter(stream))
    busy, before = server.busy(), server.metrics()["vllm:generation_tokens_total"]
    for stream in streams:
        stream.close()
    began = time.monotonic()
    idle = server.idle(5)
    check(busy == 8 and idle, f"8 streams that are closed leave their slots within {time.monotonic() - began:.1f} s")
    written = server.metrics()["vllm:generation_tokens_total"] - before
    check(written < 8 * 900, f"and are not written to their ends: {written:.0f} tokens more")


def mixed(b, server, client):
    """32 at once, of every kind."""
    asked = prompts(b)

    def one(number):
        say = [{"role": "user", "content": asked[number]}]
        text = functools.partial(client.completions.create, model=server.name, prompt=asked[number], max_tokens=24, seed=number)
        turn = functools.partial(client.chat.completions.create, model=server.name, messages=say, max_tokens=24)
        kinds = [lambda: text().choices[0].finish_reason, lambda: gathered(text(n=2, stream=True))[1],
                 lambda: turn(n=3).choices[2].finish_reason, lambda: gathered(turn(stream=True))[1]]
        return kinds[number % 4]()
    began = time.monotonic()
    found = together(one, range(32))
    good = [result for number, result in enumerate(found) if result in ("stop", "length") or isinstance(result, dict) and len(result) == (2 if number % 4 == 1 else 1)
            and all(ends in (["stop"], ["length"]) for ends in result.values())]
    check(len(good) == 32, f"32 mixed requests at once are answered whole in {time.monotonic() - began:.1f} s {[result for result in found if result not in good][:2] or ''}")


def asynchronous(b, server, client):
    async def ask():
        async with openai.AsyncOpenAI(base_url=server.url + "/v1", api_key=server.key(), max_retries=0) as client:
            async def whole(prompt):
                return (await client.completions.create(model=server.name, prompt=prompt, max_tokens=GREEDY, temperature=0)).choices[0].text

            async def streamed(prompt):
                text = ""
                async for chunk in await client.completions.create(model=server.name, prompt=prompt, max_tokens=GREEDY, temperature=0, stream=True):
                    text += "".join(choice.text for choice in chunk.choices)
                return text
            asked = prompts(b, 32)
            texts = await asyncio.gather(*(whole(prompt) if place % 2 else streamed(prompt) for place, prompt in enumerate(asked)))
            leaving = asyncio.create_task(client.completions.create(model=server.name, prompt=asked[0], max_tokens=1000, extra_body={"min_tokens": 1000}))
            await asyncio.sleep(0.3)
            leaving.cancel()
            return texts
    texts = asyncio.run(ask())
    expected = [row["completion"] for row in b.rows("greedy.jsonl")[:32]]
    check(texts == expected, "the asynchronous client has 32 greedy answers at once, those of attune generate")
    check(server.idle(5), "and a request that is not streamed and that it leaves is cancelled")


if __name__ == "__main__":
    main(__doc__, "check-serving-client", [served])
