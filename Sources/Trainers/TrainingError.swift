public import PreferenceData

/// Why training cannot start or go on, as a sentence.
public enum TrainingError: Error, Sendable, CustomStringConvertible {
  /// Messages need a chat template, which this version does not read.
  case messages(SourceLocation)
  /// A row has a prompt that is held out to measure safety with.
  case heldOut(SourceLocation)
  /// The tokenizer names no end of sequence.
  case noEndOfSequence(directory: String)
  /// The tokenizer knows more ids than the model has rows.
  case vocabulary(directory: String, tokenizer: Int, model: Int)
  /// Training goes on from a reward model that has another head than the settings say.
  case rewardModelStart(directory: String)
  /// A member of an ensemble of models has not been trained to its end.
  case unfinishedEnsemble(directory: String, member: String)
  /// The observer stopped the run before its first step, when there is nothing to keep.
  case stoppedBeforeTraining
  /// Rows carry weights, and the loss compares sorted sides that belong to no row.
  case weightsOfCoupledLoss(SourceLocation)
  /// The run would need more memory than there is.
  case memory(needed: Int, available: Int, advice: String)
  /// A checkpoint belongs to a run with other settings, weights or data.
  case foreignCheckpoint(path: String, differences: [String])
  /// A checkpoint was written by a version that keeps something else.
  case unreadableCheckpoint(path: String)
  /// The run to be resumed is to end before its checkpoint.
  case checkpointBeyondEnd(path: String, step: Int, total: Int)
  /// The loss is NaN or infinite.
  ///
  /// Both models' log probabilities, of one completion or of chosen before rejected, tell which of
  /// them is broken.
  case divergedLoss(
    step: Int, row: SourceLocation, loss: Double, policy: [Double], reference: [Double]?)
  /// The loss of a sequence is NaN or infinite.
  case divergedSequence(step: Int, row: SourceLocation, loss: Double)
  /// The trainer gives a token that was just sampled another probability than the sampler did.
  case samplerDisagrees(difference: Double)
  /// Completions may take all positions of the model, so that no prompt has room.
  case noRoomForPrompts(completion: Int, positions: Int)
  /// What a user goes on to say cannot be read.
  case dialogue(SourceLocation, problem: String)
  /// The value function reads another vocabulary than the policy.
  case valueVocabulary(directory: String)
  /// Completions alone are to be learned, and a text has no prompt before it.
  case textWithoutPrompt(SourceLocation)
  /// The gradient is NaN or infinite although the loss was not.
  case divergedGradient(step: Int, rows: [SourceLocation])

  /// The sentence for the person at the terminal.
  public var description: String {
    switch self {
    case .messages(let source):
      "\(source): holds messages, and chat templates are not supported yet; "
        + "write prompt, chosen and rejected as plain text"
    case .heldOut(let row):
      "\(row): has a prompt of the challenges that attune evaluate safety measures with; a model that was "
        + "trained on them would be measured by its memory. Leave the row out: attune redteam run asks the part "
        + "of the challenges that may be trained on"
    case .noEndOfSequence(let directory):
      "\(directory): names no end-of-sequence token, which completions are ended with; "
        + "set eos_token in tokenizer_config.json"
    case .vocabulary(let directory, let tokenizer, let model):
      "\(directory): the tokenizer has ids up to \(tokenizer - 1), but the model's vocabulary ends "
        + "at \(model - 1); use the tokenizer that the model was trained with"
    case .rewardModelStart(let directory):
      "\(directory): is a reward model already, with a head of another form; its training goes on "
        + "with the same head_type, head_hidden_size and ensemble_size, and a backbone that is not "
        + "shared; name a language model to begin with a fresh head"
    case .unfinishedEnsemble(let directory, let member):
      "\(directory): is an ensemble of models, of which \(member) is not finished; go on with "
        + "`attune reward --resume --out \(directory)`"
    case .stoppedBeforeTraining:
      "stopped before the first step; nothing was written"
    case .weightsOfCoupledLoss(let row):
      "\(row): carries a weight, a confidence or an agreement, but loss_type aot and aot_unpaired "
        + "sort the two sides of a batch apart, so that no pair is left to weigh; use another "
        + "loss_type, leave the agreement aside with agreement ignore, or take the weights out of "
        + "the data"
    case .memory(let needed, let available, let advice):
      "this run needs about \(Self.gibibytes(needed)) GiB of memory, and "
        + "\(Self.gibibytes(available)) GiB are available; \(advice)"
    case .foreignCheckpoint(let path, let differences):
      "\(path): belongs to another run: \(differences.joined(separator: "; ")); "
        + "go on with what the run was started with, or start a new one with another --out"
    case .unreadableCheckpoint(let path):
      "\(path): was written by another version of Attune and cannot be gone on with; "
        + "start again with --overwrite"
    case .checkpointBeyondEnd(let path, let step, let total):
      "\(path): is at step \(step), beyond the \(total) steps that the run is to have; "
        + "raise max_steps or epochs"
    case .divergedLoss(let step, let row, let loss, let policy, let reference):
      "step \(step): the loss of \(row) is \(Self.text(loss)) (\(Self.whose(policy)): "
        + "policy \(Self.list(policy))\(reference.map { ", reference \(Self.list($0))" } ?? "")); "
        + "lower learning_rate, or look for broken weights with `attune score`"
    case .divergedSequence(let step, let row, let loss):
      "step \(step): the loss of \(row) is \(Self.text(loss)); lower learning_rate, or look for "
        + "broken weights with `attune score`"
    case .samplerDisagrees(let difference):
      "the policy gives a token that it has just sampled a log probability \(Self.text(difference)) nats "
        + "away from the sampler's, where only rounding is allowed; the weights may have diverged: lower "
        + "learning_rate, and look for broken weights with `attune score`"
    case .noRoomForPrompts(let completion, let positions):
      "max_completion_length is \(completion), but the model has \(positions) positions for prompt and "
        + "completion together; lower max_completion_length"
    case .dialogue(let source, let problem): "\(source): \(problem)"
    case .valueVocabulary(let directory):
      "\(directory): the value function has another tokenizer than the policy, whose token ids it would "
        + "misread; train a reward model from the policy's family, or leave value_model out"
    case .textWithoutPrompt(let source):
      "\(source): holds a text without a prompt, but completion_only_loss is true; leave it out to "
        + "learn all of such texts, or write them as prompt and completion"
    case .divergedGradient(let step, let rows):
      "step \(step): the gradient of the batch with \(Self.list(rows)) is not finite; "
        + "lower learning_rate or max_grad_norm"
    }
  }

  private static func gibibytes(_ bytes: Int) -> Double {
    (Double(bytes) / Double(1 << 30) * 10).rounded() / 10
  }

  private static func whose(_ sides: [Double]) -> String {
    sides.count == 1 ? "log probability" : "log probabilities of chosen and rejected"
  }

  private static func list(_ sides: [Double]) -> String {
    sides.map(text).joined(separator: " and ")
  }

  /// Swift's own text for NaN may have a sign.
  private static func text(_ number: Double) -> String {
    number.isNaN ? "NaN" : number.description
  }

  private static func list(_ rows: [SourceLocation]) -> String {
    let shown = rows.prefix(4).map(\.description).joined(separator: ", ")
    return rows.count > 4 ? "\(shown) and \(rows.count - 4) more rows" : shown
  }
}
