"""Run one job with the peer, TRL on transformers, on the CPU in float32; the last line printed is a JSON object.

    python bench/peer.py dpo --model FOLDER --data PAIRS.jsonl --batch-size 8 [--loss-type ipo] [--epochs 5]
    python bench/peer.py reward --model CLASSIFIER --data PAIRS.jsonl --batch-size 8
    python bench/peer.py sft --model FOLDER --data PAIRS.jsonl --batch-size 8      (the chosen sides)

The object has what `attune dpo --json` prints, under the same names, and each step's log under `log`. `seconds` is the
training call alone, the reference model's pass included, without start-up and tokenization. Rows are taken in file order; the
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
    parser.add_argument("method", choices=["dpo", "reward", "sft"])
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--batch-size", type=int, default=8)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--max-length", type=int, default=512)
    parser.add_argument("--learning-rate", type=float, default=1e-4)
    parser.add_argument("--loss-type", default="sigmoid")
    parser.add_argument("--beta", type=float, default=0.1)
    return parser.parse_args()


def common(options):
    """What all three trainers are given."""
    return dict(
        output_dir=tempfile.mkdtemp(prefix="peer-"), max_length=options.max_length,
        per_device_train_batch_size=options.batch_size, num_train_epochs=options.epochs,
        learning_rate=options.learning_rate, lr_scheduler_type="constant", weight_decay=0.0, max_grad_norm=1.0,
        train_sampling_strategy="sequential", gradient_checkpointing=False, use_cpu=True, bf16=False, seed=0,
        logging_steps=1, save_strategy="no", report_to=[], disable_tqdm=True)


def dpo(options, rows):
    from trl import DPOConfig, DPOTrainer

    return DPOTrainer(args=DPOConfig(beta=options.beta, loss_type=options.loss_type, **common(options)),
                      **model_and_data(options, rows))


def reward(options, rows):
    from trl import RewardConfig, RewardTrainer

    texts = [{side: row["prompt"] + row[side] for side in ("chosen", "rejected")} for row in rows]
    return RewardTrainer(args=RewardConfig(**common(options)), **model_and_data(options, texts, is_classifier=True))


def sft(options, rows):
    from trl import SFTConfig, SFTTrainer

    rows = [{"prompt": row["prompt"], "completion": row["chosen"]} for row in rows]
    return SFTTrainer(args=SFTConfig(**common(options)), **model_and_data(options, rows))


def model_and_data(options, rows, is_classifier=False):
    import torch
    from datasets import Dataset
    from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer

    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    kind, settings = (AutoModelForSequenceClassification, {"num_labels": 1}) if is_classifier else (AutoModelForCausalLM, {})
    return dict(model=kind.from_pretrained(options.model, dtype=torch.float32, **settings),
                train_dataset=Dataset.from_list(rows), processing_class=AutoTokenizer.from_pretrained(options.model))


def main():
    options = parse()
    restart_with_environment()
    with open(options.data, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    trainer = {"dpo": dpo, "reward": reward, "sft": sft}[options.method](options, rows)
    items = len(trainer.train_dataset)
    start = time.perf_counter()
    trainer.train()
    seconds = time.perf_counter() - start

    import torch
    import transformers
    import trl
    log = [entry for entry in trainer.state.log_history if "loss" in entry]
    print(json.dumps({
        "steps": len(log), "seconds": seconds, "items_per_second": items * options.epochs / seconds,
        "tokens_per_second": log[-1]["num_tokens"] / seconds,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "versions": {"trl": trl.__version__, "transformers": transformers.__version__, "torch": torch.__version__},
        "log": log}))


if __name__ == "__main__":
    main()
