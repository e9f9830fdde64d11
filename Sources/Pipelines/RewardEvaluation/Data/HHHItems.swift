internal import PreferenceData

/// The helpful, honest and harmless comparisons of Bai et al. 2022: whole dialogues of which one is
/// better, as `text_correct` and `text_incorrect`.
///
/// The published file names no subsets, so that there are none here.
public enum HHHItems {
  /// Reads the items.
  ///
  /// - Parameter path: `438HHHEvaluations.jsonl`, or a file like it.
  /// - Returns: One row an item.
  /// - Throws: `DataError` where the file or a field is missing, ``PipelineError`` where a text is no
  ///   dialogue with a reply, or both texts do not reply to the same.
  public static func read(_ path: String) throws -> JudgedData {
    let correct = try TextColumn("text_correct", of: path).texts
    let incorrect = try TextColumn("text_incorrect", of: path).texts
    var rows: [JudgedCompletions] = []
    for (index, pair) in zip(correct, incorrect).enumerated() {
      let source = SourceLocation(file: path, line: index + 1)
      guard case .text(let better) = pair.0, case .text(let worse) = pair.1 else {
        throw PipelineError.messages(source)
      }
      guard let chosen = DialogueText(text: better).lastReply,
        let rejected = DialogueText(text: worse).lastReply,
        chosen.prompt.utf8.elementsEqual(rejected.prompt.utf8)
      else { throw PipelineError.noCommonDialogue(source) }
      rows.append(
        JudgedCompletions(
          prompt: chosen.prompt, completions: [chosen.completion, rejected.completion],
          ranks: [1, 2], source: source))
    }
    return JudgedData(rows: rows)
  }
}
