"""Run one job with the peer, TRL on transformers, on the CPU in float32; the last line printed is a JSON object.

    python bench/peer.py dpo --model FOLDER --data PAIRS.jsonl --batch-size 8 [--loss-type ipo] [--epochs 5]
    python bench/peer.py reward --model CLASSIFIER --data PAIRS.jsonl --batch-size 8
    python bench/peer.py sft --model FOLDER --data PAIRS.jsonl --batch-size 8      (the chosen sides)
    python bench/peer.py generate --model FOLDER --data PAIRS.jsonl --new-tokens 64       (transformers alone, one batch)
    python bench/peer.py grpo --model FOLDER --data PROMPTS.jsonl --batch-size 16 --num-generations 4 --new-tokens 64
    python bench/peer.py rloo --model FOLDER --data PROMPTS.jsonl --batch-size 16 --num-generations 4 --new-tokens 64

The object has what `attune dpo --json` prints, under the same names, and each step's log under `log`. `seconds` is the
training (or generating) call alone, the reference model's pass included, without start-up and tokenization. Rows are taken in file order; the
settings are those of `compare.py`. Threads are OMP_NUM_THREADS (default 2).
"""
import argparse
import json
import os
import resource
import sys
import tempfile
import time

# Buffers that glibc hands back to the kernel after each step are cleared and mapped again at the next. Attune keeps
# them; so does the peer here, which makes it up to 1.5 times faster. glibc reads these variables at the start of the process.
KEEP_MEMORY = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "-1"}
ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "OMP_NUM_THREADS": "2",
    # Virtual machines that advertise AMX without its CPUID leaf make oneDNN die of SIGILL; float32 does not use AMX.
    "ONEDNN_MAX_CPU_ISA": "AVX512_CORE_FP16",
}


def restart_with_environment():
    wanted = {**ENVIRONMENT, **KEEP_MEMORY}
    missing = {name: value for name, value in wanted.items() if name not in os.environ}
    if missing:
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **missing})


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("method", choices=["dpo", "reward", "sft", "generate", "grpo", "rloo"])
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--batch-size", type=int, default=8)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--max-length", type=int, default=512)
    parser.add_argument("--learning-rate", type=float, default=1e-4)
    parser.add_argument("--loss-type", default="sigmoid")
    parser.add_argument("--beta", type=float, default=0.1)
    parser.add_argument("--new-tokens", type=int, default=64)
    parser.add_argument("--num-generations", type=int, default=4)
    return parser.parse_args()


def common(options):
    """What all trainers are given."""
    return dict(
        output_dir=tempfile.mkdtemp(prefix="peer-"), per_device_train_batch_size=options.batch_size, num_train_epochs=options.epochs,
        learning_rate=options.learning_rate, lr_scheduler_type="constant", weight_decay=0.0, max_grad_norm=1.0,
        gradient_checkpointing=False, use_cpu=True, bf16=False, seed=0,
        logging_steps=1, save_strategy="no", report_to=[], disable_tqdm=True)


def in_order(options):
    """What those are given beside it that train on rows."""
    return dict(max_length=options.max_length, train_sampling_strategy="sequential", **common(options))


def dpo(options, rows):
    from trl import DPOConfig, DPOTrainer

    return DPOTrainer(args=DPOConfig(beta=options.beta, loss_type=options.loss_type, **in_order(options)),
                      **model_and_data(options, rows))


def reward(options, rows):
    from trl import RewardConfig, RewardTrainer

    texts = [{side: row["prompt"] + row[side] for side in ("chosen", "rejected")} for row in rows]
    return RewardTrainer(args=RewardConfig(**in_order(options)), **model_and_data(options, texts, is_classifier=True))


def sft(options, rows):
    from trl import SFTConfig, SFTTrainer

    rows = [{"prompt": row["prompt"], "completion": row["chosen"]} for row in rows]
    return SFTTrainer(args=SFTConfig(**in_order(options)), **model_and_data(options, rows))


def length_reward(completions, **_):
    """That of `REWARD_RULES` in compare.py: 1 up to 256 characters, falling to 0 at 512."""
    return [min(1.0, max(0.0, 1 - (len(completion) - 256) / 256)) if completion else 0.0 for completion in completions]


def on_policy(options, rows):
    """GRPO or RLOO: each prompt once, with a group of completions."""
    import trl

    name = options.method.upper()
    args = getattr(trl, f"{name}Config")(
        num_generations=options.num_generations, max_completion_length=options.new_tokens, beta=options.beta,
        max_steps=len(rows) * options.num_generations // options.batch_size, shuffle_dataset=False, **common(options))
    return getattr(trl, f"{name}Trainer")(args=args, reward_funcs=length_reward, **model_and_data(options, rows))


def generate(options, rows):
    """All prompts in one batch, drawn from the whole distribution at temperature 1, by transformers."""
    import torch
    import transformers

    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    model = transformers.AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.float32).eval()
    tokenizer = transformers.AutoTokenizer.from_pretrained(options.model, padding_side="left")
    batch = tokenizer([row["prompt"] for row in rows], return_tensors="pt", padding=True)

    def sample(new_tokens):
        with torch.no_grad():
            model.generate(**batch, max_new_tokens=new_tokens, min_new_tokens=new_tokens, do_sample=True, temperature=1.0, top_k=0)

    sample(4)  # what is set up once
    start = time.perf_counter()
    sample(options.new_tokens)
    seconds = time.perf_counter() - start
    tokens = len(rows) * options.new_tokens
    print(json.dumps({
        "tokens": tokens, "seconds": seconds, "items_per_second": tokens / seconds, "peak_memory_mb": peak_memory_mb(),
        "versions": {"transformers": transformers.__version__, "torch": torch.__version__}}))


def model_and_data(options, rows, is_classifier=False):
    import torch
    from datasets import Dataset
    from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer

    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    kind, settings = (AutoModelForSequenceClassification, {"num_labels": 1}) if is_classifier else (AutoModelForCausalLM, {})
    return dict(model=kind.from_pretrained(options.model, dtype=torch.float32, **settings),
                train_dataset=Dataset.from_list(rows), processing_class=AutoTokenizer.from_pretrained(options.model))


def peak_memory_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    options = parse()
    restart_with_environment()
    with open(options.data, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if options.method == "generate":
        return generate(options, rows)
    trainer = {"dpo": dpo, "reward": reward, "sft": sft}.get(options.method, on_policy)(options, rows)
    items = len(trainer.train_dataset) * (options.num_generations if options.method in ("grpo", "rloo") else options.epochs)
    start = time.perf_counter()
    trainer.train()
    seconds = time.perf_counter() - start

    import torch
    import transformers
    import trl
    log = [entry for entry in trainer.state.log_history if "loss" in entry]
    print(json.dumps({
        "steps": len(log), "seconds": seconds, "items_per_second": items / seconds,
        "tokens_per_second": log[-1]["num_tokens"] / seconds,
        "peak_memory_mb": peak_memory_mb(),
        "versions": {"trl": trl.__version__, "transformers": transformers.__version__, "torch": torch.__version__},
        "log": log}))


if __name__ == "__main__":
    main()
