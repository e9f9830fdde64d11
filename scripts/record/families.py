"""Record what transformers computes for tiny checkpoints of every model family that Attune reads.

    python scripts/record/families.py        # rewrites Tests/LanguageModelsTests/Fixtures/<case>/

Needs Python 3.11 or later with exactly these packages (the versions are written into each fixture):

    torch==2.13.0 transformers==5.23.0 safetensors

A case is a random checkpoint (`config.json`, `model.safetensors` or shards) and `expected.json`: for a few sequences of
token ids, and for every position but the last, the log probability of the next id, the entropy of the next-token
distribution, and the mean log probability over the vocabulary. Weights are drawn from a seeded generator, wide enough
for attention and rotary positions to matter, with norm weights and biases that are neither one nor zero. The
expectations come from the files as they were written: the directory is loaded again with `from_pretrained`, in float32,
with eager attention, one sequence at a time, and the log-softmax is taken in float64.

Some cases have `gradients.json` too: of the sum over all scored tokens of sin(i) · log probability, i counted from 1
through all sequences, and for each tensor of the files two numbers about its gradient g, whose entries are counted
from 0, row by row as in the file: its norm, and the sum of cos(i) · g[i].
"""
import hashlib
import json
import math
import os
import re
import shutil
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_FP16")

import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, GPT2Config, LlamaConfig, MistralConfig, Qwen2Config, Qwen3Config

PINNED = {"torch": "2.13.0", "transformers": "5.23.0"}
FIXTURES = Path(__file__).resolve().parents[2] / "Tests" / "LanguageModelsTests" / "Fixtures"
LENGTHS = (1, 2, 7, 19, 40, 60)

# What the cases share; each one changes what it is about.
BASE = dict(vocab_size=160, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
            num_key_value_heads=4, max_position_embeddings=128, rms_norm_eps=1e-5, tie_word_embeddings=True,
            bos_token_id=0, eos_token_id=0, pad_token_id=1)
# With 16 rotary dimensions the wavelengths are 6.3, 20, 63, ... positions: above 32 / 1 they are stretched by 8, below
# 32 / 4 they are kept, and the one between is interpolated. Sequences reach beyond the original 32 positions.
LLAMA3 = dict(rope_type="llama3", rope_theta=10000.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
              original_max_position_embeddings=32)
LINEAR = dict(rope_type="linear", rope_theta=10000.0, factor=4.0)
GPT2 = dict(vocab_size=160, n_positions=64, n_embd=24, n_layer=2, n_head=3, bos_token_id=0, eos_token_id=0,
            pad_token_id=1)


def configuration(kind, **changes):
    return kind(**{**BASE, **changes})


def draw_weights(model, seed):
    """Fill every parameter from one seeded generator: matrices N(0, 0.2), norm weights U(0.5, 1.5), biases N(0, 0.2)."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            if re.search(r"(norm|\.ln_\w)\.weight$", name):
                parameter.copy_(torch.rand(parameter.shape, generator=generator) + 0.5)
            else:
                parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.2)


def sequences(vocabulary, seed):
    generator = torch.Generator().manual_seed(seed)
    return [torch.randint(0, vocabulary, (length,), generator=generator).tolist() for length in LENGTHS]


def expectations(directory):
    model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32, attn_implementation="eager").eval()
    rows = []
    for ids in sequences(model.config.vocab_size, seed=7):
        with torch.no_grad():
            logits = model(torch.tensor([ids]), use_cache=False).logits[0, :-1]
        logs = torch.log_softmax(logits.double(), dim=-1)
        chosen = logs[torch.arange(len(ids) - 1), torch.tensor(ids[1:], dtype=torch.long)]
        rows.append({
            "ids": ids,
            "log_probabilities": [round(x, 8) for x in chosen.tolist()],
            "entropy": [round(x, 8) for x in (-(logs.exp() * logs).sum(-1)).tolist()],
            "mean_log_probability": [round(x, 8) for x in logs.mean(-1).tolist()],
        })
    return {"versions": PINNED, "sequences": rows}


def settle(directory):
    """Drop what no reader needs, then record the expectations from what is left."""
    (directory / "generation_config.json").unlink(missing_ok=True)
    (directory / "expected.json").write_text(json.dumps(expectations(directory)) + "\n")
    for file in directory.iterdir():
        file.chmod(0o644)
    size = sum(f.stat().st_size for f in directory.glob("*.safetensors"))
    assert size < 120_000, f"{directory.name}: {size} bytes of weights"
    print(f"{directory.name:24} {size:7} bytes of weights")


def write(name, config, dtype=torch.float32, shard=None):
    directory = FIXTURES / name
    shutil.rmtree(directory, ignore_errors=True)
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    draw_weights(model, seed=int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big"))
    model.to(dtype).save_pretrained(directory, **({"max_shard_size": shard} if shard else {}))
    settle(directory)


def respell(name, source, drop=(), **keys):
    """The checkpoint `source` again, under a `config.json` written as other releases write it."""
    directory = FIXTURES / name
    shutil.rmtree(directory, ignore_errors=True)
    shutil.copytree(FIXTURES / source, directory)
    respell_in_place(name, drop, **keys)


def respell_in_place(name, drop=(), **keys):
    path = FIXTURES / name / "config.json"
    config = {key: value for key, value in json.loads(path.read_text()).items() if key not in drop}
    path.write_text(json.dumps({**config, **keys}, indent=2) + "\n")
    settle(FIXTURES / name)


def record_gradients(name):
    directory = FIXTURES / name
    model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32, attn_implementation="eager").eval()
    # Llama's embedding gives the padding token's row no gradient where it is read; here that token is one like others.
    model.get_input_embeddings().padding_idx = None
    total, number = 0, 0
    for ids in sequences(model.config.vocab_size, seed=7):
        logs = torch.log_softmax(model(torch.tensor([ids]), use_cache=False).logits[0, :-1].double(), dim=-1)
        for index, token in enumerate(ids[1:]):
            number += 1
            total = total + math.sin(number) * logs[index, token]
    total.backward()
    stored = set().union(*(load_file(file) for file in directory.glob("*.safetensors")))
    gradients = {}
    for key, parameter in model.named_parameters():
        gradient = parameter.grad.flatten().double()
        key = key if key in stored else key.removeprefix(model.base_model_prefix + ".")
        assert key in stored, f"{name}: {key} is not in the file"
        waves = torch.cos(torch.arange(gradient.numel(), dtype=torch.float64))
        gradients[key] = [round(x, 6) for x in (gradient.norm().item(), (waves * gradient).sum().item())]
    (directory / "gradients.json").write_text(json.dumps({"versions": PINNED, "gradients": gradients}) + "\n")


def publish(name, source, **keys):
    """The GPT-2 checkpoint `source` as OpenAI's is published: no prefix, but the causal mask of each layer."""
    directory = FIXTURES / name
    respell(name, source, drop=("dtype",), **keys)
    file = directory / "model.safetensors"
    tensors = {key.removeprefix("transformer."): tensor for key, tensor in load_file(file).items()}
    config = json.loads((directory / "config.json").read_text())
    mask = torch.tril(torch.ones(config["n_positions"], config["n_positions"]))[None, None]
    tensors |= {f"h.{layer}.attn.bias": mask.clone() for layer in range(config["n_layer"])}
    save_file(tensors, file, metadata={"format": "pt"})
    settle(directory)


def agree(first, second):
    """Two directories must have the same expectations: a spelling changes nothing."""
    one, other = (json.loads((FIXTURES / n / "expected.json").read_text()) for n in (first, second))
    assert one == other, f"{first} and {second} differ"


def differ(first, second):
    one, other = (json.loads((FIXTURES / n / "expected.json").read_text()) for n in (first, second))
    assert one != other, f"{first} and {second} do not differ"


def main():
    for package, version in PINNED.items():
        found = {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__}[package]
        assert found == version, f"{package} {found} is installed, but the fixtures are recorded with {version}"
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()

    # Llama: attention heads, tied and untied heads, rotary scaling, biases, a head size of its own.
    write("llama", configuration(LlamaConfig))
    write("llama_gqa_untied", configuration(LlamaConfig, num_key_value_heads=2, tie_word_embeddings=False))
    rotary = dict(num_attention_heads=2, num_key_value_heads=1)
    write("llama_rope_llama3", configuration(LlamaConfig, rope_parameters=LLAMA3, **rotary))
    write("llama_rope_linear", configuration(LlamaConfig, rope_parameters=LINEAR, **rotary))
    write("llama_biases", configuration(LlamaConfig, num_key_value_heads=2, attention_bias=True, mlp_bias=True))
    write("llama_head_dim", configuration(LlamaConfig, num_attention_heads=2, num_key_value_heads=1, head_dim=24))

    # The same rotary settings as releases before transformers 5 spell them.
    scaling = {key: value for key, value in LLAMA3.items() if key != "rope_theta"}
    respell("llama_rope_llama3_old", "llama_rope_llama3", drop=("rope_parameters", "dtype"),
            rope_theta=10000.0, rope_scaling=scaling, torch_dtype="float32")
    agree("llama_rope_llama3_old", "llama_rope_llama3")
    respell("llama_rope_linear_old", "llama_rope_linear", drop=("rope_parameters", "dtype"),
            rope_theta=10000.0, rope_scaling={"type": "linear", "factor": 4.0}, torch_dtype="float32")
    agree("llama_rope_linear_old", "llama_rope_linear")
    respell("llama_rope_default", "llama_rope_linear", rope_parameters={"rope_type": "default", "rope_theta": 10000.0})
    differ("llama_rope_default", "llama_rope_linear")

    # Mistral: a window of eight positions (a token sees itself and seven before it), and none.
    write("mistral_window", configuration(MistralConfig, num_key_value_heads=2, sliding_window=8))
    respell("mistral", "mistral_window", sliding_window=None)
    differ("mistral", "mistral_window")

    # Qwen 2: biases on query, key and value; a window that counts only where `use_sliding_window` is true and, among
    # the layers, only from `max_window_layers` on.
    qwen = dict(num_key_value_heads=2, rms_norm_eps=1e-6)
    write("qwen2_window", configuration(Qwen2Config, num_hidden_layers=3, intermediate_size=32, use_sliding_window=True,
                                        sliding_window=6, max_window_layers=1, **qwen))
    respell("qwen2_window_old", "qwen2_window", drop=("layer_types",))
    agree("qwen2_window_old", "qwen2_window")
    respell("qwen2", "qwen2_window", drop=("layer_types",), use_sliding_window=False)
    differ("qwen2", "qwen2_window")

    # Qwen 3: norms on the query and key heads, no biases, a head size of its own.
    write("qwen3", configuration(Qwen3Config, num_attention_heads=2, num_key_value_heads=1, head_dim=24, rms_norm_eps=1e-6))

    # SmolLM 2 is a Llama checkpoint; its published configuration has the older names and a few that nothing reads.
    write("smollm", configuration(LlamaConfig, hidden_size=36, num_attention_heads=3, num_key_value_heads=1,
                                  rope_parameters={"rope_type": "default", "rope_theta": 100000.0}))
    before = (FIXTURES / "smollm" / "expected.json").read_text()
    respell_in_place("smollm", drop=("rope_parameters", "dtype", "head_dim"), rope_theta=100000, rope_scaling=None,
                     rope_interleaved=False, is_llama_config=True, torch_dtype="float32")
    assert before == (FIXTURES / "smollm" / "expected.json").read_text(), "the published spelling reads differently"

    # GPT-2: learned positions, layer normalization, projections stored as [in, out]; the scales of attention, a width of
    # its own inside the feed-forward blocks, heads of odd width, a head that is not tied, the other activations.
    write("gpt2", GPT2Config(**GPT2))
    publish("gpt2_published", "gpt2", n_ctx=64, torch_dtype="float32", task_specific_params={})
    agree("gpt2_published", "gpt2")
    write("gpt2_gelu", GPT2Config(**{**GPT2, "n_embd": 28, "n_head": 4}, n_inner=40, activation_function="gelu",
                                  scale_attn_by_inverse_layer_idx=True))
    respell("gpt2_gelu_uniform", "gpt2_gelu", scale_attn_by_inverse_layer_idx=False)
    differ("gpt2_gelu_uniform", "gpt2_gelu")
    write("gpt2_relu", GPT2Config(**GPT2, activation_function="relu", layer_norm_epsilon=1e-2, scale_attn_weights=False,
                                  reorder_and_upcast_attn=True, tie_word_embeddings=False))

    for name in ("llama_biases", "llama_gqa_untied", "qwen3", "gpt2", "gpt2_published", "gpt2_gelu", "gpt2_relu"):
        record_gradients(name)

    # Files: shards with an index, and half precision, whose expectations are float32 arithmetic on the rounded weights.
    write("llama_sharded", configuration(LlamaConfig, num_key_value_heads=2), shard="40KB")
    assert len(list((FIXTURES / "llama_sharded").glob("*.safetensors"))) > 1, "the checkpoint was not split"
    write("llama_bfloat16", configuration(LlamaConfig, num_key_value_heads=2), dtype=torch.bfloat16)
    write("llama_float16", configuration(LlamaConfig, num_key_value_heads=2), dtype=torch.float16)


if __name__ == "__main__":
    main()
