internal import Evaluations

extension ModelComparisonResult {
  /// Compares models by their answers.
  ///
  /// - Parameters:
  ///   - answers: What the models say, and what judges say about it.
  ///   - baseline: The number of the model that the others are compared with.
  ///   - data: The files of prompts, for the record.
  ///   - sampling: How completions were drawn, for the record; its seed is that of intervals.
  ///   - reference: The directory of the model that KL was measured from.
  ///   - subject: The model of the run whose evaluation this is.
  public init(
    _ answers: ComparedAnswers, baseline: Int, data: [String], sampling: Sampling,
    reference: String? = nil, subject: String? = nil
  ) {
    let analysis = ComparisonAnalysis(
      table: ComparisonTable(answers), baseline: baseline, seed: sampling.seed)
    let strengths = analysis.strengths()
    var models = answers.models.enumerated().map { index, model in
      analysis.result(
        index, model, furtherJudges: answers.furtherJudges,
        strength: strengths.isEmpty ? nil : strengths[index])
    }
    let tested = models.indices.filter { models[$0].pValue != nil }
    let adjusted = HolmCorrection.adjusted(tested.compactMap { models[$0].pValue })
    for (model, value) in zip(tested, adjusted) { models[model].adjustedPValue = value }

    self.judge = answers.judge
    self.data = data
    prompts = answers.prompts.count
    self.sampling = sampling
    self.baseline = answers.models[baseline].name
    self.reference = reference
    self.subject = subject
    self.models = models
    pairs = models.indices.flatMap { first in
      models.indices.dropFirst(first + 1).map { second in
        Pair(
          first: models[first].name, second: models[second].name,
          record: .init(analysis.table.shares(of: first, against: second)))
      }
    }
    judging = answers.judging
    samples = Sample.choice(of: answers)
    notes = answers.notes
    notes += models.filter { !$0.isBaseline && $0.lengthControlledWinRate == nil }.map {
      "the comparisons of \($0.name) with \(self.baseline) do not determine a length-controlled win rate"
    }
    if models.contains(where: { $0.refusals == nil }) {
      notes.append(
        "which prompts ask for help with harm is not known, so that no refusals were counted; give "
          + "rows a field `harmful`, true or false")
    }
  }
}

extension ModelComparisonResult.Sample {
  private static let limit = 8

  /// The first prompt of each kind, or where kinds are not known the first prompts.
  fileprivate static func choice(of answers: ComparedAnswers) -> [ModelComparisonResult.Sample] {
    var kinds: Set<String?> = []
    let known = answers.prompts.indices.filter {
      answers.prompts[$0].kind != nil && kinds.insert(answers.prompts[$0].kind).inserted
    }
    let chosen = known.isEmpty ? Array(answers.prompts.indices) : known
    return chosen.prefix(limit).map { index in
      ModelComparisonResult.Sample(
        prompt: answers.prompts[index].text, kind: answers.prompts[index].kind,
        answers: answers.models.map { model in
          Answer(
            model: model.name, completion: model.completions[index][0].text,
            score: model.completions[index][0].score)
        })
    }
  }
}
