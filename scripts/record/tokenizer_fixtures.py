"""Make small tokenizers in the published styles, and record what the `tokenizers` library does.

    python scripts/record/tokenizer_fixtures.py Tests/TokenizationTests/Fixtures

Recorded with tokenizers 0.23.3. Each style becomes a model directory: a `tokenizer.json` trained on
the text below, and `expected.jsonl` with a row for each text: the ids with and without special
tokens, and what decoding them gives with and without special tokens.

The texts are written here or drawn at random from code points that Python's unicodedata assigns
(version 14.0 in Python 3.11), so that younger Unicode versions on the other side agree on them.
"""

import json
import os
import random
import sys
import unicodedata

import tokenizers
from tokenizers import (AddedToken, Regex, Tokenizer, decoders, models, normalizers,
                        pre_tokenizers, processors, trainers)

VERSION = "0.23.3"

CONTRACTIONS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
LLAMA3 = (CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
          r"|\s*[\r\n]+|\s+(?!\S)|\s+")
QWEN2 = LLAMA3.replace("{1,3}", "")
CL100K = (CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*"
          r"|\s*[\r\n]|\s+(?!\S)|\s+")

PROSE = """
The harbour wakes before the town does. Gulls argue over the nets, an engine coughs, and somebody's
radio says it'll rain by noon. "I've seen worse," Marta tells the new hand, "and so will you."
He's nineteen; he doesn't answer. They're loading 144 crates of ice, 12 at a time, and the quay is
slippery with scales. By 06:45 the first boat has left, by 7:30 there's nothing but wake and diesel.

How should an assistant answer a question that it cannot answer? It should say so, say why, and say
what it would need. A wrong answer given with confidence costs more than an honest "I don't know".
We'd rather wait 30 seconds for a good reply than read 3 pages of a bad one. That's not rudeness.

for (int i = 0; i < 100; i++) {\n    total += values[i] * weights[i];  // weighted sum\n}\n
def mean(values):\n\treturn sum(values) / len(values)\n\n\nprint(mean([1.5, 2.25, 1000000]))\r\n

Der Hafen wacht vor der Stadt auf. Möwen zanken sich über den Netzen; draußen weht ein kühler Wind.
Le port s'éveille avant la ville, et déjà l'été s'achève. El niño pequeño soñó con una montaña.
Гавань просыпается раньше города. Чайки спорят над сетями. Το λιμάνι ξυπνά πριν από την πόλη.
港は町より先に目を覚ます。カモメが網の上で言い争う。港口比城镇醒得早。항구는 마을보다 먼저 잠에서 깬다.
المرفأ يستيقظ قبل المدينة. נמל מתעורר לפני העיר. बंदरगाह शहर से पहले जागता है।
""".strip()

TEXTS = [
    "", " ", "  ", "\n", "\r\n", "\t\n  x", "a", "Hello, world!", " Hello  world ", "don't DON'T we'Re I'LL he'd",
    "it'\u017f we\u2019re 'S'T'M'D 'lL 'vE 'RE 'x '", "x\u017fs 's's", "1", "12", "123", "1234", "12345678 90",
    "\u0663\u0664\u0665\u0666 \u00bd\u00b2 \u2167 \U0001d7d9", "a1b22c333d4444", "3.14159e-10",
    "   leading and trailing   ", "a  b   c    d", "line\n\nline\n\n\nline\n", "a \n b \r\n\t c\n ",
    "tab\tseparated\t\tvalues", "no\u00a0break\u00a0\u00a0space", "\u3000ideographic\u3000\u3000space\u2003\u2009x",
    "!!!???...", " !!!\n\n!!!", "(a)[b]{c}<d>", "--- *** ___ ~~~\n", "$100 \u20ac200 50% #tag @user",
    "na\u00efve caf\u00e9 na\u0131ve cafe\u0301", "\u1e9b\u0323 \u212b \u2126 \ufb01 \ufb03 \u00bc \u2460",
    "a\u0301\u0323 a\u0323\u0301 \u0344 \u0958 \u2adc", "\u1100\u1161\u11a8 \uac00\u11a8 \uac01 \u1112\u1175\u11c2",
    "\u0130stanbul I\u0307 \u03a3\u03a3 \u1e9e", "\U0001f600\U0001f1e9\U0001f1ea\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u6e2f\u306f\u753a\u3088\u308a\u5148\u306b", "\ud56d\uad6c\ub294 \ub9c8\uc744", "\u0928\u092e\u0938\u094d\u0924\u0947", "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35",
    "\ufeffbom", "nul\u0000byte", "\u007f\u0085\u2028\u2029", "\ue000\U0010fffd\ufffd", "\u200b\u200d\u2060",
    "<|endoftext|>", "a<|endoftext|>b", "<|endoftext|><|endoftext|>", "<|endoftext", " <|im_start|>user\nHi<|im_end|> \n",
    "<tool_call>{}</tool_call>", "<|begin_of_text|>x<|eot_id|>", "<|reserved_1|><|reserved_10|><|reserved_|>",
    "x <left> y", "x \t<left>y  <right>  z", " <right>  <left> ", "<both>  <both>\n<both>", "  <both>x<both>  ",
    "word wording sword a word, (word) word_ w\u00f6rd word\u0301", "Word WORD  word", "Mixed mixed MIXED mIxEd",
    "FUSS fu\u00df Fuss", "''quoted'' '''", "a''''b", "\u2160\u2161 \uff21\uff22\uff23", "<space token> <space  token>",
    "overlap <a><a b> <a b c>", "\u00e9clair e\u0301clair \u00c9CLAIR", "x-y--z---w", "key=value;key=value;;",
    "a" * 300, "ab" * 150, " " * 130, "\n" * 70, "\u00e9" * 100, "the " * 60, "1" * 200, "=" * 130 + "\n\n",
    "Donaudampfschifffahrtsgesellschaftskapit\u00e4n" * 4, PROSE[:400],
]


def fuzz(seed, count, assigned=True):
    """Random texts: words, white space, marks, digits, scripts and bits of special tokens, mixed."""
    draw = random.Random(seed)
    scalars = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
    if assigned:
        scalars = [c for c in scalars if unicodedata.category(chr(c)) != "Cn"]
    by_kind = {}
    for c in scalars:
        by_kind.setdefault(unicodedata.category(chr(c)), []).append(c)
    low = [c for c in scalars if c < 0x3000]
    words = PROSE.split()
    marks = by_kind["Mn"] + by_kind["Mc"]
    fragments = ["'s", "'LL", "'\u017f", "<|", "|>", "<left>", "<right>", "<both>", "word", "mixed", "''",
                 "<|endoftext|>", "<|im_end|>", "<tool_call>", "<|eot_id|>", "--", "=", ";", "\r\n", "\n\n", "  "]
    kinds = [
        lambda: draw.choice(words), lambda: " " + draw.choice(words), lambda: draw.choice(fragments),
        lambda: chr(draw.randrange(0x20, 0x7F)), lambda: chr(draw.choice(low)),
        lambda: chr(draw.choice(scalars)), lambda: chr(draw.choice(by_kind[draw.choice(list(by_kind))])),
        lambda: draw.choice(" \n\r\t\u00a0\u3000") * draw.randrange(1, 4),
        lambda: "".join(chr(draw.choice(marks)) for _ in range(draw.randrange(1, 5))),
        lambda: "".join(chr(draw.choice(by_kind["Nd"] + by_kind["No"])) for _ in range(draw.randrange(1, 6))),
        lambda: chr(draw.randrange(0x1100, 0x1200)) + chr(draw.randrange(0x1161, 0x11C3)),
        lambda: chr(draw.randrange(0xAC00, 0xD7A4)) + chr(draw.randrange(0x11A8, 0x11C3)),
        lambda: unicodedata.normalize("NFD", chr(draw.randrange(0xC0, 0x250))),
        lambda: "".join(chr(draw.randrange(0x4E00, 0x9FFF)) for _ in range(draw.randrange(1, 12))),
        lambda: str(draw.randrange(10 ** draw.randrange(1, 9))),
    ]
    return ["".join(draw.choice(kinds)() for _ in range(draw.randrange(1, 40))) for _ in range(count)]


def byte_level(**options):
    return pre_tokenizers.ByteLevel(**{"add_prefix_space": False, **options})


def gpt2():
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = byte_level()
    t.post_processor = processors.ByteLevel(trim_offsets=False)
    t.decoder = decoders.ByteLevel()
    return t, [AddedToken("<|endoftext|>", special=True, normalized=True)], []


def llama3():
    t = Tokenizer(models.BPE(ignore_merges=True))
    t.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(LLAMA3), "isolated"), byte_level(use_regex=False)])
    t.decoder = decoders.ByteLevel()
    names = ["<|begin_of_text|>", "<|end_of_text|>", "<|eot_id|>"] + [f"<|reserved_{i}|>" for i in range(12)]
    return t, [], [AddedToken(name, special=True, normalized=False) for name in names]


def qwen2():
    t = Tokenizer(models.BPE())
    t.normalizer = normalizers.NFC()
    t.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(QWEN2), "isolated"), byte_level(use_regex=False, trim_offsets=False)])
    t.post_processor = processors.ByteLevel(trim_offsets=False)
    t.decoder = decoders.ByteLevel()
    return t, [], [AddedToken(name, special=True, normalized=False)
                   for name in ("<|endoftext|>", "<|im_start|>", "<|im_end|>")] + [
        AddedToken(name, special=False, normalized=False) for name in ("<tool_call>", "</tool_call>")]


def smollm():
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), byte_level()])
    t.decoder = decoders.ByteLevel()
    return t, [AddedToken(name, special=True, normalized=False)
               for name in ("<|endoftext|>", "<|im_start|>", "<|im_end|>")], []


def rewritten():
    """Every normalizer, and a space before every text."""
    t = Tokenizer(models.BPE())
    t.normalizer = normalizers.Sequence([
        normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace("''", '"'), normalizers.Prepend("\u2581")])
    t.pre_tokenizer = byte_level(add_prefix_space=True)
    t.decoder = decoders.Sequence([decoders.ByteLevel()])
    return t, [AddedToken("<|endoftext|>", special=True, normalized=False)], [
        AddedToken("Mixed", normalized=True), AddedToken("\u00c9clair", normalized=True)]


def awkward():
    """Added tokens with every flag, unknown bytes, and cuts at literals."""
    t = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True))
    t.normalizer = normalizers.Lowercase()
    t.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split("--", "merged_with_previous"), pre_tokenizers.Split("=", "merged_with_next"),
        pre_tokenizers.Split(";", "contiguous"), pre_tokenizers.Split("~", "removed"),
        pre_tokenizers.Split("_", "isolated"), pre_tokenizers.Digits(individual_digits=False),
        pre_tokenizers.Split(Regex(CL100K), "removed", invert=True), byte_level(use_regex=False)])
    t.decoder = decoders.ByteLevel()
    return t, [AddedToken("<unk>", special=True, normalized=False)], [
        AddedToken("<left>", lstrip=True, normalized=False), AddedToken("<right>", rstrip=True, normalized=False),
        AddedToken("<both>", lstrip=True, rstrip=True, special=True, normalized=False),
        AddedToken("word", single_word=True, normalized=False), AddedToken("fuss", single_word=True, normalized=True),
        AddedToken("MIXED", normalized=True, special=True), AddedToken("<space token>", normalized=False),
        AddedToken("<a>", normalized=False), AddedToken("<a b>", normalized=True), AddedToken("<a b c>", normalized=True)]


STYLES = {"gpt2": gpt2, "llama3": llama3, "qwen2": qwen2, "smollm": smollm, "rewritten": rewritten,
          "awkward": awkward}


def train(style, texts, vocabulary_size):
    """A tokenizer of a style, and its `tokenizer.json` as it is written."""
    t, first, added = STYLES[style]()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    if style == "awkward":
        alphabet = [c for c in alphabet if c not in "\u0124\u0126\u00f1\u00f0~^"]
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary_size, special_tokens=first, initial_alphabet=alphabet, show_progress=False,
        limit_alphabet=len(alphabet), min_frequency=1)
    t.train_from_iterator(texts, trainer)
    t.add_tokens([token for token in added if not token.special])
    t.add_special_tokens([token for token in added if token.special])
    if style == "llama3":
        t.post_processor = processors.Sequence([
            processors.ByteLevel(trim_offsets=False),
            processors.TemplateProcessing(
                single="<|begin_of_text|> $A", pair="<|begin_of_text|> $A <|begin_of_text|> $B:1",
                special_tokens=[("<|begin_of_text|>", t.token_to_id("<|begin_of_text|>"))])])
    if style == "rewritten":
        end = t.token_to_id("<|endoftext|>")
        t.post_processor = processors.TemplateProcessing(
            single="<|endoftext|> $A <|endoftext|> <|endoftext|>", pair="$A $B",
            special_tokens=[("<|endoftext|>", end)])
    file = json.loads(t.to_str())
    model = file["model"]
    if style == "llama3":  # tokens that no merge reaches, so that ignore_merges shows
        model["merges"] = [m for i, m in enumerate(model["merges"]) if i % 9 != 5]
    if style == "gpt2":  # the spelling of older files
        model["merges"] = [" ".join(m) for m in model["merges"]]
        model["continuing_subword_prefix"] = model["end_of_word_suffix"] = ""
        del model["type"], model["byte_fallback"], model["ignore_merges"], file["pre_tokenizer"]["use_regex"]
    text = json.dumps(file, ensure_ascii=style == "smollm", indent=1 if style == "qwen2" else None,
                      separators=None if style == "qwen2" else (",", ":"))
    return Tokenizer.from_str(text), text


CONFIGURATIONS = {
    "gpt2": {"bos_token": "<|endoftext|>", "eos_token": {"content": "<|endoftext|>", "lstrip": False}, "pad_token": None},
    "llama3": {"bos_token": "<|begin_of_text|>", "eos_token": "<|end_of_text|>", "model_max_length": 1e30},
    "qwen2": {"bos_token": None, "eos_token": "<|im_end|>", "pad_token": "<|endoftext|>"},
}


def main(folder):
    if tokenizers.__version__ != VERSION:
        sys.exit(f"tokenizers {VERSION} is needed, {tokenizers.__version__} is installed")
    texts = TEXTS + fuzz(seed=20, count=60)
    for style in STYLES:
        tokenizer, file = train(style, PROSE.split("\n\n"), 560)
        directory = os.path.join(folder, style)
        os.makedirs(directory, exist_ok=True)
        with open(os.path.join(directory, "tokenizer.json"), "w", encoding="utf-8") as out:
            out.write(file)
        if style in CONFIGURATIONS:
            with open(os.path.join(directory, "tokenizer_config.json"), "w") as out:
                json.dump(CONFIGURATIONS[style], out, indent=1)
        with open(os.path.join(directory, "expected.jsonl"), "w") as out:
            for text in texts:
                ids = tokenizer.encode(text).ids
                row = {"text": text, "ids": ids,
                       "plain": tokenizer.encode(text, add_special_tokens=False).ids,
                       "decoded": tokenizer.decode(ids, skip_special_tokens=False),
                       "skipped": tokenizer.decode(ids, skip_special_tokens=True)}
                out.write(json.dumps(row, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
