import PreferenceData
import Testing
import Trainers

@Suite("Why training stops, in words")
struct TrainingErrorTests {
  private let rows = (1...6).map { SourceLocation(file: "pairs.jsonl", line: $0) }

  @Test("a loss that is no number names step, row and both models")
  func divergedLoss() {
    let error = TrainingError.divergedLoss(
      step: 12, row: rows[2], loss: .nan, policy: [-3.5, .nan], reference: [-3, -4])
    #expect(
      error.description
        == "step 12: the loss of pairs.jsonl:3 is NaN (log probabilities of chosen and rejected: "
        + "policy -3.5 and NaN, reference -3.0 and -4.0); lower learning_rate, or look for broken "
        + "weights with `attune score`")
  }

  @Test("a gradient that is no number names step and rows, four of them at most")
  func divergedGradient() {
    #expect(
      TrainingError.divergedGradient(step: 2, rows: Array(rows.prefix(2))).description
        == "step 2: the gradient of the batch with pairs.jsonl:1, pairs.jsonl:2 is not finite; "
        + "lower learning_rate or max_grad_norm")
    #expect(
      TrainingError.divergedGradient(step: 2, rows: rows).description.contains(
        "pairs.jsonl:4 and 2 more rows is not finite"))
  }

  @Test("a tokenizer that is too large for the model names both bounds")
  func vocabulary() {
    #expect(
      TrainingError.vocabulary(directory: "base", tokenizer: 513, model: 512).description
        == "base: the tokenizer has ids up to 512, but the model's vocabulary ends at 511; "
        + "use the tokenizer that the model was trained with")
  }

  @Test("a run that is stopped before its first step says that it left nothing")
  func stopped() {
    #expect(
      TrainingError.stoppedBeforeTraining.description
        == "stopped before the first step; nothing was written")
  }

  @Test("a loss without a reference names the policy alone")
  func divergedWithoutReference() {
    let error = TrainingError.divergedLoss(
      step: 1, row: rows[0], loss: .infinity, policy: [-3.5, -4], reference: nil)
    #expect(
      error.description
        == "step 1: the loss of pairs.jsonl:1 is inf (log probabilities of chosen and rejected: "
        + "policy -3.5 and -4.0); lower learning_rate, or look for broken weights with `attune score`"
    )
  }

  @Test("weights that a loss cannot take name the row and both ways out")
  func weights() {
    #expect(
      TrainingError.weightsOfCoupledLoss(rows[1]).description
        == "pairs.jsonl:2: carries a weight, a confidence or an agreement, but loss_type aot and "
        + "aot_unpaired sort the two sides of a batch apart, so that no pair is left to weigh; use "
        + "another loss_type, leave the agreement aside with agreement ignore, or take the weights "
        + "out of the data")
  }

  @Test("too little memory names need, supply and advice")
  func memory() {
    #expect(
      TrainingError.memory(needed: 10 << 30, available: 5 << 29, advice: "do less").description
        == "this run needs about 10.0 GiB of memory, and 2.5 GiB are available; do less")
  }
}
