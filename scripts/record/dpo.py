"""Record what TRL's DPOTrainer logs for a tiny real run, and how it tokenizes the pairs.

    python scripts/record/dpo.py         # rewrites Tests/TrainersTests/Fixtures/dpo/

Needs Python 3.11 or later with exactly these packages (the versions are written into the fixture):

    torch==2.13.0 trl==1.16.0 transformers==5.23.0 tokenizers==0.23.3 datasets accelerate

The directory holds a random Llama checkpoint with a byte-level tokenizer of 512 entries (`model/`), eight of the demo's
pairs (`pairs.jsonl`), and `expected.json`: for every case the settings that differ from the common ones and each step's
log exactly as the trainer emits it, not rounded; the token ids of the pairs and of some awkward texts; and the log
probability of each completion under the untrained model. `tokenizer_bos/` is the same tokenizer with a post-processor
that puts a beginning-of-sequence token in front of every text, as Llama 3 does.
"""
import json
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_FP16")

import datasets
import tokenizers
import torch
import transformers
import trl
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
from trl import DPOConfig, DPOTrainer

PINNED = {"torch": "2.13.0", "trl": "1.16.0", "transformers": "5.23.0", "tokenizers": "0.23.3"}
ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "Tests" / "TrainersTests" / "Fixtures" / "dpo"
MODEL = FIXTURE / "model"
TOKENIZER_BOS = FIXTURE / "tokenizer_bos"

# `batch_size` is TRL's per_device_train_batch_size. Rows are taken in file order. The weight decay is far larger than
# anyone would use, so that five steps show whether it reaches the right parameters.
COMMON = dict(loss_type="sigmoid", beta=0.1, learning_rate=2e-4, lr_scheduler_type="constant", warmup_steps=0,
              weight_decay=0.0, max_grad_norm=1.0, max_length=512, batch_size=8, gradient_accumulation_steps=1, max_steps=5)
CASES = {
    "sigmoid": {},
    "ipo": dict(loss_type="ipo"),
    "hinge": dict(loss_type="hinge"),
    "accumulation": dict(batch_size=4, gradient_accumulation_steps=2),
    "ipo_accumulation": dict(loss_type="ipo", batch_size=2, gradient_accumulation_steps=4),
    "uneven_accumulation": dict(batch_size=3, gradient_accumulation_steps=2, max_steps=6),
    "linear_warmup": dict(lr_scheduler_type="linear", warmup_steps=2),
    "cosine": dict(lr_scheduler_type="cosine"),
    "cosine_warmup": dict(lr_scheduler_type="cosine", warmup_steps=1),
    "constant_warmup": dict(lr_scheduler_type="constant_with_warmup", warmup_steps=3),
    "weight_decay": dict(weight_decay=20.0),
    "no_clipping": dict(max_grad_norm=0.0),
    "truncated": dict(max_length=64),
    "beta": dict(beta=0.5),
    # The family. Coupled losses see one batch, as TRL sorts and averages within a micro-batch.
    "exo_pair": dict(loss_type="exo_pair", label_smoothing=0.1),
    "nca_pair": dict(loss_type="nca_pair"),
    "robust": dict(loss_type="robust", label_smoothing=0.1),
    "bco_pair": dict(loss_type="bco_pair"),
    "sppo_hard": dict(loss_type="sppo_hard"),
    "aot": dict(loss_type="aot"),
    "aot_smoothed": dict(loss_type="aot", label_smoothing=0.1),
    "aot_unpaired": dict(loss_type="aot_unpaired"),
    "apo_zero": dict(loss_type="apo_zero"),
    "apo_down": dict(loss_type="apo_down"),
    "discopop": dict(loss_type="discopop"),
    "discopop_tau": dict(loss_type="discopop", discopop_tau=0.5),
    "sft": dict(loss_type="sft"),
    "sigmoid_norm": dict(loss_type="sigmoid_norm", beta=2.0),
    "mpo": dict(loss_type=["sigmoid", "bco_pair", "sft"], loss_weights=[0.8, 0.2, 1.0]),
    "forward_kl": dict(f_divergence_type="forward_kl"),
    "js_divergence": dict(f_divergence_type="js_divergence"),
    "alpha_divergence": dict(f_divergence_type="alpha_divergence", f_alpha_divergence_coef=0.3),
    "ipo_forward_kl": dict(loss_type="ipo", f_divergence_type="forward_kl", learning_rate=2e-5),
    "ld_alpha": dict(ld_alpha=0.4),
    "ld_alpha_mpo": dict(ld_alpha=0.4, loss_type=["sigmoid", "sft"], loss_weights=[1.0, 0.5]),
    "wpo": dict(use_weighting=True),
    # (TRL 1.16.0 cannot weigh hinge: it multiplies the output of relu in place.)
    "wpo_accumulation": dict(use_weighting=True, loss_type="nca_pair", batch_size=4, gradient_accumulation_steps=2),
}
# What goes to TRL's configuration as it is, where a case has it.
FAMILY = ("label_smoothing", "discopop_tau", "loss_weights", "f_divergence_type", "f_alpha_divergence_coef", "ld_alpha",
          "use_weighting")
# What a tokenization rule could get wrong, beside the plain case.
AWKWARD = [
    {"prompt": "Human: Hi\n\nAssistant: ", "chosen": "hello", "rejected": "what"},
    {"prompt": "The answ", "chosen": "er is four.", "rejected": "ers differ."},
    {"prompt": "Say it.", "chosen": " Yes<|endoftext|>", "rejected": " No"},
    {"prompt": "Say nothing.", "chosen": "", "rejected": " No"},
    {"prompt": "", "chosen": "Once upon a time", "rejected": "Twice"},
    {"prompt": "Größe?", "chosen": " 🙂 naïve\u00a0日本", "rejected": " \t\n  x"},
]
IMPLICIT = [
    {"chosen": "\n\nHuman: Hi\n\nAssistant: Hello there!", "rejected": "\n\nHuman: Hi\n\nAssistant: Hey."},
    {"chosen": "Q: two and two? A: four", "rejected": "Q: two and two? A: five"},
    {"chosen": "same start", "rejected": "same start, longer"},
]


def choose_pairs():
    """Eight pairs of the demo: short and long prompts, and completions of very different lengths."""
    rows = [json.loads(line) for line in (ROOT / "Demo" / "pairs.jsonl").read_text().splitlines()]
    rows = [row for row in rows if len(row["prompt"]) + max(len(row["chosen"]), len(row["rejected"])) < 420]
    return [rows[index] for index in range(0, len(rows), len(rows) // 8)][:8]


def train_tokenizer():
    rows = [json.loads(line) for line in (ROOT / "Demo" / "pairs.jsonl").read_text().splitlines()]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=512, special_tokens=["<|endoftext|>", "<|pad|>"], show_progress=False,
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator((r["prompt"] + r[side] for r in rows for side in ("chosen", "rejected")), trainer)
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<|endoftext|>", eos_token="<|endoftext|>",
                                   pad_token="<|pad|>")


def make_model():
    config = LlamaConfig(vocab_size=512, hidden_size=64, intermediate_size=128, num_hidden_layers=2, num_attention_heads=4,
                         num_key_value_heads=2, max_position_embeddings=1024, tie_word_embeddings=True, bos_token_id=0,
                         eos_token_id=0, pad_token_id=1)
    model = LlamaForCausalLM(config)
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            noise = torch.randn(parameter.shape, generator=generator)
            parameter.copy_(1 + 0.1 * noise if name.endswith("norm.weight") else 0.1 * noise)
    shutil.rmtree(FIXTURE, ignore_errors=True)
    model.save_pretrained(MODEL)
    train_tokenizer().save_pretrained(MODEL)
    (MODEL / "generation_config.json").unlink(missing_ok=True)
    with_bos = AutoTokenizer.from_pretrained(MODEL)
    with_bos.backend_tokenizer.post_processor = processors.TemplateProcessing(
        single="<|endoftext|> $A", special_tokens=[("<|endoftext|>", 0)])
    with_bos.save_pretrained(TOKENIZER_BOS)


def trainer_for(rows, tokenizer=MODEL, **settings):
    s = {**COMMON, **settings}
    arguments = DPOConfig(
        output_dir=tempfile.mkdtemp(prefix="record-"), loss_type=s["loss_type"], beta=s["beta"], max_length=s["max_length"],
        learning_rate=s["learning_rate"], lr_scheduler_type=s["lr_scheduler_type"], warmup_steps=s["warmup_steps"],
        weight_decay=s["weight_decay"], max_grad_norm=s["max_grad_norm"], max_steps=s["max_steps"],
        per_device_train_batch_size=s["batch_size"], gradient_accumulation_steps=s["gradient_accumulation_steps"],
        train_sampling_strategy="sequential", logging_steps=1, save_strategy="no", report_to=[], use_cpu=True, bf16=False,
        gradient_checkpointing=False, disable_tqdm=True, seed=0, **{key: s[key] for key in FAMILY if key in s})
    model = AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.float32)
    return DPOTrainer(model=model, args=arguments, train_dataset=datasets.Dataset.from_list(rows),
                      processing_class=AutoTokenizer.from_pretrained(tokenizer))


def token_ids(rows, tokenizer=MODEL):
    return [{key: row[key] for key in ("prompt_ids", "chosen_ids", "rejected_ids")}
            for row in trainer_for(rows, tokenizer, max_length=None).train_dataset]


def reference_log_probabilities(rows):
    """Each pair alone, so that nothing is padded."""
    trainer, found = trainer_for(rows, max_length=None), []
    for row in trainer.train_dataset:
        chosen, rejected = trainer.compute_ref_log_probs(trainer.ref_model, trainer.data_collator([row]))
        found.append({"chosen": chosen.item(), "rejected": rejected.item()})
    return found


def main():
    installed = {"torch": torch.__version__.split("+")[0], "trl": trl.__version__, "transformers": transformers.__version__,
                 "tokenizers": tokenizers.__version__}
    assert installed == PINNED, f"{installed} is installed, but the fixture is recorded with {PINNED}"
    torch.set_num_threads(1)
    make_model()
    pairs = choose_pairs()
    (FIXTURE / "pairs.jsonl").write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in pairs))

    cases = []
    for name, settings in CASES.items():
        trainer = trainer_for(pairs, **settings)
        trainer.train()
        steps = [entry for entry in trainer.state.log_history if "loss" in entry]
        cases.append({"name": name, "settings": {**COMMON, **settings}, "rows_kept": len(trainer.train_dataset), "steps": steps})
        print(f"{name:20} {len(trainer.train_dataset)} rows; losses", *(f"{step['loss']:.4f}" for step in steps))
    expected = {
        "versions": PINNED, "common": COMMON, "cases": cases, "tokens": token_ids(pairs),
        "reference_log_probabilities": reference_log_probabilities(pairs),
        "awkward": [{**row, **ids} for row, ids in zip(AWKWARD, token_ids(AWKWARD), strict=True)],
        "awkward_with_bos": [{**row, **ids} for row, ids in zip(AWKWARD, token_ids(AWKWARD, TOKENIZER_BOS), strict=True)],
        "implicit": [{**row, **ids} for row, ids in zip(IMPLICIT, token_ids(IMPLICIT), strict=True)],
    }
    (FIXTURE / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n")
    for file in FIXTURE.rglob("*"):
        file.chmod(0o755 if file.is_dir() else 0o644)
    size = sum(f.stat().st_size for f in FIXTURE.rglob("*") if f.is_file())
    assert size < 700_000, f"the fixture has {size} bytes"
    print(size, "bytes; prompt/chosen/rejected tokens:",
          [tuple(len(t[k]) for k in ("prompt_ids", "chosen_ids", "rejected_ids")) for t in expected["tokens"]])


if __name__ == "__main__":
    main()
