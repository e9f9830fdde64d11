"""Records what TensorBoard's own writer makes of three events, byte for byte.

    python3 -m venv venv && venv/bin/pip install tensorboard==2.20.0 protobuf==7.36.2
    venv/bin/python scripts/record/tensorboard_events.py

writes Tests/RunRecordsTests/Fixtures/tensorboard.json, which RunRecordsTests compare with.
"""

import json
import pathlib
import tempfile
from importlib.metadata import version

PINNED = {"tensorboard": "2.20.0", "protobuf": "7.36.2"}
FIXTURE = "Tests/RunRecordsTests/Fixtures/tensorboard.json"

# The scalars, in the order in which RunRecords writes them. 16777217 has no 32-bit float.
EVENTS = [
    {"wall_time": 1795262400.25, "step": 1, "values": [["loss", 0.6931471805599453], ["grad_norm", 12.5]]},
    {"wall_time": 1795262401.0, "step": 300, "values": [["eval_loss", 16777217.0], ["rewards/margins", -0.0]]},
    # A policy that learns from rewards: training and held-out tags of one step.
    {
        "wall_time": 1795262402.5,
        "step": 60,
        "values": [
            ["entropy", 0.2262539948511221],
            ["completions/mean_length", 13.523333333333333],
            ["eval_gold", 0.8469883333333328],
            ["eval_kl", 0.7315909731304605],
            ["eval_reward", 0.8880450133985086],
            ["frac_reward_zero_std", 0.0],
            ["objective/kl", -2.1364108628574296e-06],
            ["policy/approxkl_avg", 0.002104730627795969],
            ["reward", 0.3647379656313328],
            ["rewards/reward_model/mean", 0.3647379656313328],
            ["sampling/importance_sampling_ratio/mean", 1.0000001492693313],
            ["val/ratio", 1.0056894910144276],
        ],
    },
]


def main() -> None:
    for package, wanted in PINNED.items():
        found = version(package)
        if found != wanted:
            raise SystemExit(f"{package} is {found}; this script is pinned to {wanted}")

    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.summary.writer.record_writer import RecordWriter

    start = EVENTS[0]["wall_time"]
    messages = [Event(wall_time=start, file_version="brain.Event:2")]
    for event in EVENTS:
        values = [Summary.Value(tag=tag, simple_value=number) for tag, number in event["values"]]
        messages.append(
            Event(wall_time=event["wall_time"], step=event["step"], summary=Summary(value=values))
        )

    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "events")
        with open(path, "wb") as file:
            writer = RecordWriter(file)
            for message in messages:
                writer.write(message.SerializeToString())
            writer.flush()
        recorded = path.read_bytes()

    fixture = {"recorded_with": PINNED, "events": EVENTS, "file": recorded.hex()}
    root = pathlib.Path(__file__).resolve().parents[2]
    (root / FIXTURE).write_text(json.dumps(fixture, indent=2) + "\n")


if __name__ == "__main__":
    main()
