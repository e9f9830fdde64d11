#if LibTorch
  import Foundation
  import Testing

  @Suite("attune reward")
  struct RewardCommandTests {
    private let folder: TestFolder
    private let model = RepositoryFile.recorded.appending(path: "model").path
    private let pairs = RepositoryFile.recorded.appending(path: "pairs.jsonl").path

    init() throws { folder = try TestFolder() }

    private func train(_ name: String, _ arguments: String...) throws -> Invocation {
      try Invocation(
        [
          "reward", "--model", model, "--data", pairs, "--out", name, "--max-steps", "2",
          "--batch-size", "4",
        ] + arguments, in: folder)
    }

    @Test("trains, says what it held out, and leaves a model that inspect knows")
    func training() throws {
      let run = try train("run", "--eval-fraction", "0.25", "--json")
      #expect(run.status == 0, "\(run.error)")
      #expect(run.error.contains("attune: 6 pairs to train on, 2 held out\n"))
      #expect(
        run.error.range(
          of: "attune: step 2: held-out loss [0-9.]+, accuracy [0-9.]+ %",
          options: .regularExpression)
          != nil)
      let report = try run.report()
      for name in [
        "loss", "accuracy", "margin", "mean_reward", "eval_accuracy", "pairs_per_second",
      ] {
        #expect(report[name] as? Double != nil, "\(name)")
      }
      let inspection = try Invocation("model", "inspect", "run", in: folder)
      #expect(inspection.status == 0, "\(inspection.error)")
      for line in [
        "architecture      LlamaForSequenceClassification\n", "score heads       one, linear\n",
        "reference scores  mean ", "score head", "yes: every tensor is there",
      ] { #expect(inspection.output.contains(line), "\(line)") }
    }

    @Test("frozen backbones with several heads: plan, training, inspection")
    func frozen() throws {
      let arguments = [
        "--model", model, "--data", pairs, "--backbone", "frozen", "--head-type", "mlp",
        "--ensemble-size", "3", "--head-hidden-size", "16", "--max-steps", "4",
      ]
      let plan = try Invocation(["plan", "reward"] + arguments, in: folder)
      #expect(plan.status == 0, "\(plan.error)")
      #expect(plan.output.contains("backbone      stays as it is: 8 pairs go through it once\n"))
      #expect(!plan.output.contains("micro-batch") && !plan.output.contains("reference"))
      #expect(plan.output.contains("  gradients  "))
      let run = try Invocation(["reward", "--out", "run", "--json"] + arguments, in: folder)
      #expect(run.status == 0, "\(run.error)")
      #expect(run.error.contains("attune: encoding 8/8 (100%)"))
      let planned = try Invocation(["plan", "reward", "--json"] + arguments, in: folder).report()
      #expect(try run.report()["steps"] as? Int == planned["steps"] as? Int)
      #expect(planned["encoded_pairs"] as? Int == 8)
      let inspection = try Invocation("model", "inspect", "run", "--json", in: folder)
      #expect(inspection.status == 0, "\(inspection.error)")
      let facts = try inspection.report()
      #expect(facts["architecture"] as? String == "LlamaModel")
      #expect(facts["score_heads"] as? Int == 3)
      #expect((facts["means"] as? [Double])?.count == 3)
      let parts = try #require(facts["parts"] as? [String: Int])
      // Three times 64 · 16 + 16 and 16 + 1.
      #expect(parts["score head"] == 3 * (64 * 16 + 16 + 16 + 1))
      #expect(facts["parameters"] as? Int == planned["parameters"] as? Int)
    }

    @Test("the heads of a shared backbone are inspected with the policy's weights")
    func shared() throws {
      #expect(try train("run", "--backbone", "shared").status == 0)
      let inspection = try Invocation("model", "inspect", "run", in: folder)
      #expect(inspection.status == 0, "\(inspection.error)")
      #expect(inspection.output.contains("the backbone of \(model)"))
      #expect(inspection.output.contains("feed-forward"))
    }

    @Test("an ensemble of models is planned one by one, trained, and resumed")
    func models() throws {
      let arguments = ["--ensemble-size", "2", "--ensemble-type", "models"]
      let plan = try Invocation(
        ["plan", "reward", "--model", model, "--data", pairs] + arguments, in: folder)
      #expect(
        plan.error.contains("a plan of one of 2 models, which are trained one after another"))
      let run = try Invocation(
        ["reward", "--model", model, "--data", pairs, "--out", "run", "--max-steps", "1"]
          + arguments, in: folder)
      #expect(run.status == 0, "\(run.error)")
      #expect(run.error.contains("attune: member 2 of 2\n"))
      let again = try Invocation("reward", "--resume", "--out", "run", in: folder)
      #expect(again.status == 0, "\(again.error)")
      #expect(again.error.contains("the run is complete: all 1 steps are done"))
    }

    @Test("vectors of features: training, plan, inspection, and scores")
    func features() throws {
      let rows = (0..<40).map { index in
        let (high, low) = (Double(index % 7) + 1, Double(index % 5) * -1)
        return #"{"chosen_features": [\#(high), 0.5], "rejected_features": [\#(low), 1]}"#
      }
      try folder.write(rows.joined(separator: "\n"), to: "f.jsonl")
      let plan = try Invocation(
        "plan", "reward", "--features", "f.jsonl", "--epochs", "2", in: folder)
      #expect(plan.status == 0, "\(plan.error)")
      #expect(plan.output.contains("model         1,025 weights\n"))
      #expect(!plan.output.contains("longest") && !plan.output.contains("tokens"))
      let run = try Invocation(
        "reward", "--features", "f.jsonl", "--out", "run", "--learning-rate", "0.01", "--epochs",
        "10", "--ensemble-size", "2", "--json", in: folder)
      #expect(run.status == 0, "\(run.error)")
      #expect(try #require(run.report()["accuracy"] as? Double) > 0.95)
      let inspection = try Invocation("model", "inspect", "run", in: folder)
      #expect(inspection.status == 0, "\(inspection.error)")
      #expect(inspection.output.contains("reads             vectors of 2 features\n"))
      try folder.write(
        "{\"features\": [7, 0.5]}\n{\"features\": [-4, 1]}\n", to: "vectors.jsonl")
      let score = try Invocation(
        "score", "--reward-model", "run", "--data", "vectors.jsonl", "--out", "s.jsonl", in: folder)
      #expect(score.status == 0, "\(score.error)")
      let scores = try folder.rows("s.jsonl")
      #expect(scores.compactMap { $0["line"] as? Int } == [1, 2])
      let values = try scores.map { try #require($0["score"] as? Double) }
      #expect(values[0] > values[1])
      #expect((scores[0]["scores"] as? [Double])?.count == 2)
      let paired = try Invocation(
        "score", "--reward-model", "run", "--data", "f.jsonl", "--out", "p.jsonl", "--json",
        "--normalized", in: folder)
      #expect(paired.status == 0, "\(paired.error)")
      #expect(try #require(paired.report()["accuracy"] as? Double) > 0.95)
      #expect(try folder.rows("p.jsonl")[0]["chosen_score"] as? Double != nil)
      let cut = try Invocation(
        "score", "--reward-model", "run", "--data", "f.jsonl", "--out", "x.jsonl", "--max-length",
        "5", in: folder)
      #expect(cut.status == 64)
      #expect(cut.error.contains("'--max-length' is about text, and run reads vectors of features"))
    }

    @Test("settings that do not go together are named with the flag")
    func conflicts() throws {
      let both = try Invocation(
        "reward", "--model", model, "--features", "f.jsonl", "--out", "run", in: folder)
      #expect(both.status == 64)
      #expect(
        both.error.contains(
          "--model \(model): model is '\(model)', but features are given, which need no language "
            + "model; leave one of them out"))
      let nothing = try Invocation("reward", in: folder)
      #expect(nothing.error.contains("model is not set: give --model directory"))
      let head = try Invocation(
        "reward", "--model", model, "--data", pairs, "--out", "run", "--head-hidden-size", "9",
        in: folder)
      #expect(head.error.contains("--head-hidden-size 9: head_hidden_size is 9, but head_type is"))
      try folder.write(#"{"chosen_features": [1], "rejected_features": [NaN]}"#, to: "f.jsonl")
      let data = try Invocation("reward", "--features", "f.jsonl", "--out", "run", in: folder)
      #expect(data.status == 65)
      #expect(data.error.contains("f.jsonl:1: saw"))
      #expect(try folder.names() == ["f.jsonl"])
    }
  }
#endif
