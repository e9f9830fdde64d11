"""Records the factors of transformers' learning rate schedules for LearningRateScheduleTests.

    pip install transformers==5.23.0 torch==2.13.0
    python scripts/record/schedules.py > Tests/ObjectivesTests/Fixtures/schedules.json

The factors are those of the optimizer steps themselves: the schedule is attached to an optimizer
with a peak learning rate of 1, and read before each step.
"""

import json

import torch
import transformers

# (warm-up steps, total steps): none, usual, odd, one step, a warm-up as long as the run and longer.
CASES = [(0, 10), (3, 10), (7, 23), (0, 1), (1, 1), (5, 5), (8, 5)]


def factors(schedule, steps, **arguments):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = schedule(optimizer, **arguments)
    recorded = []
    for _ in range(steps):
        recorded.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    return recorded


records = []
for warmup, total in CASES:
    steps = total + 2  # two beyond the end
    common = {"num_warmup_steps": warmup}
    for name, schedule, arguments in [
        ("constant", transformers.get_constant_schedule_with_warmup, common),
        ("linear", transformers.get_linear_schedule_with_warmup, {**common, "num_training_steps": total}),
        ("cosine", transformers.get_cosine_schedule_with_warmup, {**common, "num_training_steps": total}),
    ]:
        records.append(
            {"schedule": name, "warmup_steps": warmup, "total_steps": total, "factors": factors(schedule, steps, **arguments)}
        )

lines = ",\n    ".join(json.dumps(record) for record in records)
versions = json.dumps({"transformers": transformers.__version__, "torch": torch.__version__})
print(f'{{\n  "versions": {versions},\n  "records": [\n    {lines}\n  ]\n}}')
