"""Record what transformers generates greedily from tiny checkpoints of every model family.

    python scripts/record/greedy.py        # rewrites Tests/SamplingTests/Fixtures/greedy.json

Needs Python 3.11 or later with exactly these packages:

    torch==2.13.0 transformers==5.23.0 safetensors

The checkpoints are those that families.py has written. Each continues a few prompts of token ids by `generate` with
do_sample=False, in float32 with eager attention, one prompt at a time, to the length of its learned positions or to 60
tokens in all, with no end of sequence. Prompts whose two most likely tokens ever come closer than 1e-4 in their logits
are left out: there, rounding decides.
"""
import json
import os
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_FP16")

import torch
import transformers
from transformers import AutoModelForCausalLM

assert torch.__version__.split("+")[0] == "2.13.0" and transformers.__version__ == "5.23.0"
ROOT = Path(__file__).resolve().parents[2] / "Tests"
LENGTHS = (1, 3, 17, 33)
TOTAL = 60


def continuation(model, prompt):
    result = model.generate(
        torch.tensor([prompt]), attention_mask=torch.ones(1, len(prompt), dtype=torch.long), do_sample=False,
        max_new_tokens=TOTAL - len(prompt), eos_token_id=None, pad_token_id=1, output_logits=True,
        return_dict_in_generate=True)
    gaps = [float(pair[0] - pair[1]) for pair in (step[0].topk(2).values for step in result.logits)]
    return result.sequences[0, len(prompt):].tolist(), min(gaps)


def main():
    cases = []
    for directory in sorted((ROOT / "LanguageModelsTests" / "Fixtures").iterdir()):
        model = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32, attn_implementation="eager").eval()
        generator = torch.Generator().manual_seed(7)
        for length in LENGTHS:
            prompt = torch.randint(2, model.config.vocab_size, (length,), generator=generator).tolist()
            tokens, gap = continuation(model, prompt)
            if gap < 1e-4:
                print(f"{directory.name}: a prompt of {length} left out, gap {gap:.1e}")
                continue
            cases.append({"model": directory.name, "prompt": prompt, "tokens": tokens})
    path = ROOT / "SamplingTests" / "Fixtures" / "greedy.json"
    path.parent.mkdir(exist_ok=True)
    rows = ",\n".join(json.dumps(case) for case in cases)
    path.write_text(f'{{"transformers": "{transformers.__version__}", "cases": [\n{rows}\n]}}\n', encoding="utf-8")
    print(f"{len(cases)} continuations of {len({case['model'] for case in cases})} models")


main()
