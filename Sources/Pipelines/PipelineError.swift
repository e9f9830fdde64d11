public import PreferenceData
public import RunRecords

/// Why a pipeline cannot start or go on. Each case renders as a sentence that says where, what, and
/// what to do.
public enum PipelineError: Error, Sendable, Hashable {
  /// Messages need a chat template, which this version does not read.
  case messages(SourceLocation)
  /// No row has the field that was asked for.
  case missingField(String, paths: [String])
  /// Two transcripts are not replies to the same dialogue.
  case noCommonDialogue(SourceLocation)
  /// A score is NaN or infinite.
  case notANumber(SourceLocation)
  /// Every row has more tokens than are allowed.
  case allTooLong(rows: Int, maxLength: Int)
  /// The model has a length correction already.
  case corrected(path: String)
  /// No prompt has completions of different lengths, so that no slope can be fitted.
  case noLengths
  /// The reference data has too few rows to say what is usual.
  case fewReferences(rows: Int, needed: Int)
  /// There is no text of which a token could be predicted.
  case nothingToPredict(paths: [String])
  /// There is no run at the path.
  case noRun(path: String, problem: String)
  /// No row of a run's log has all metrics that are needed.
  case unwatched(path: String, missing: [MetricName])
  /// A logged number is NaN or infinite.
  case divergedMetric(SourceLocation, metric: MetricName, value: Double, step: Int)
  /// There are too few evaluations to compare scores.
  case fewEvaluations(path: String, count: Int, needed: Int)
  /// A prompt leaves no room for a completion in the positions of a model.
  case noRoom(SourceLocation, directory: String, tokens: Int, positions: Int)
  /// Two models leave out different texts, so that what they predict cannot be compared.
  case differentTexts(model: String, base: String)
  /// A recorded evaluation does not read as one.
  case brokenEvaluation(path: String, problem: String)
  /// Several models were compared, and the record does not say which of them is the run's.
  case noSubject(path: String, models: [String])
}

extension PipelineError: CustomStringConvertible {
  /// A sentence without a full stop.
  public var description: String {
    switch self {
    case .messages(let source):
      "\(source): holds messages, and chat templates are not supported yet; "
        + "write the prompt and the completions as plain text"
    case .missingField(let field, let paths):
      "no usable row of \(paths.joined(separator: ", ")) has text in the field `\(field)`; "
        + "name a field that rows have"
    case .noCommonDialogue(let source):
      "\(source): `text_correct` and `text_incorrect` must be the same dialogue up to the last "
        + "\"\\n\\nAssistant:\" and differ after it; check that the file is the published one"
    case .notANumber(let source):
      "\(source): the model's score is NaN or infinite; the model may be broken: check its weights "
        + "with `attune model inspect`"
    case .allTooLong(let rows, let maxLength):
      "all \(rows) rows have more than \(maxLength) tokens; give a larger --max-length"
    case .corrected(let path):
      "\(path): holds a length correction already, which was applied to all scores; "
        + "give --overwrite to replace it"
    case .noLengths:
      "no prompt has completions of different lengths, so that no length correction can be fitted; "
        + "give other rows with --fit-data"
    case .fewReferences(let rows, let needed):
      "the reference data has \(rows) usable rows, and \(needed) are needed to say what is usual; "
        + "give more"
    case .nothingToPredict(let paths):
      "\(paths.joined(separator: ", ")): no row has a token that could be predicted; give longer "
        + "texts, or --from-end-of-sequence for texts of one token"
    case .noRun(let path, let problem):
      "\(path): \(problem); give the --out of a training run"
    case .unwatched(let path, let missing):
      "\(path): no row has \(missing.map { "`\($0)`" }.joined(separator: " and ")); training records "
        + "`eval_reward` and `eval_gold` together every --eval-steps N steps when a judge that has "
        + "no part in it is given: --judge-gold, --judge-model DIR or --judge-program CMD"
    case .divergedMetric(let source, let metric, let value, let step):
      "\(source): `\(metric)` of step \(step) is \(value.isNaN ? "NaN" : "infinite"); what produced it "
        + "may be broken, or the run diverged: train again, or analyse a copy without such lines"
    case .fewEvaluations(let path, let count, let needed):
      "\(path): has \(count == 1 ? "1 evaluation" : "\(count) evaluations") with proxy and gold, and "
        + "\(needed) are needed to compare them; evaluate more often, or wait until there are more"
    case .noRoom(let source, let directory, let tokens, let positions):
      "\(source): the prompt has \(tokens) tokens, which leaves no room for a completion in the "
        + "\(positions) positions of \(directory); shorten it, or leave it out"
    case .differentTexts(let model, let base):
      "\(model) and \(base) have different tokenizers, and leave out different rows for their length; "
        + "give a larger --max-length"
    case .brokenEvaluation(let path, let problem):
      "\(path): \(problem); put the file back as it was written, or evaluate again with --into"
    case .noSubject(let path, let models):
      "\(path): compares \(models.joined(separator: ", ")) and does not say which of them is the run's; "
        + "compare again with --into"
    }
  }
}
