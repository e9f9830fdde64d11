internal import AnnotationStore
internal import Foundation
internal import PreferenceData

/// Where a turn's records come from.
struct LoopSources {
  let project: LoopProject

  /// Reads all of them, as they are now.
  ///
  /// - Parameter progress: Told how many sources are read; may throw to stop.
  /// - Returns: The records, each once, and divided by prompt.
  /// - Throws: What `progress` throws, ``LoopError/missing(path:what:)``, or what is wrong with a source.
  func data(progress: (_ done: Int, _ total: Int) throws -> Void) throws -> LoopData {
    var (pairs, unpaired, prompts): ([LoopRow], [LoopRow], [LoopRow]) = ([], [], [])
    let total =
      project.annotations.count + project.data.count
      + [project.feedback, project.prompts].count { $0 != nil }
    var done = 0
    func read() throws {
      done += 1
      try progress(done, total)
    }
    if let path = project.feedback {
      try Self.check(path, "feedback file")
      let feedback = try LoopFeedback(at: path)
      pairs += feedback.pairs
      unpaired += feedback.unpaired
      try read()
    }
    for path in project.annotations {
      try Self.check(path, "annotation project")
      pairs += try AnnotationProject(at: path).export(ExportOptions(.preference)).rows
        .map { LoopRow($0, from: path) }
      try read()
    }
    for path in project.data {
      pairs += try RecordReader.preferencePairs.read([path]).records
        .map { LoopRow($0.row, from: path) }
      try read()
    }
    if let path = project.prompts {
      prompts = try RecordReader.promptsWithFields.read([path]).records
        .map { LoopRow($0.row, from: path) }
      try read()
    }
    return LoopData(
      pairs: pairs, unpaired: unpaired, prompts: prompts,
      split: LoopSplit(share: project.heldOut, seed: project.seed))
  }

  private static func check(_ path: String, _ what: String) throws(LoopError) {
    guard FileManager.default.fileExists(atPath: path) else {
      throw .missing(path: path, what: what)
    }
  }
}

extension PreferencePair {
  /// The pair as a record, with all that says how much it counts.
  fileprivate var row: JSONObject {
    var row: JSONObject = [
      "prompt": prompt.value, "chosen": chosen.value, "rejected": rejected.value,
    ]
    if let margin { row.set("margin", to: .number(margin)) }
    if weight != 1 { row.set("weight", to: .number(weight)) }
    if let agreement { row.set("agreement", to: .number(agreement)) }
    if let paraphrase { row.set("paraphrase", to: paraphrase.value) }
    if let reason { row.set("reason", to: .string(reason)) }
    if let criteria { row.set("criteria", to: criteria) }
    return row
  }
}

extension Prompt {
  /// The prompt as a record, with the further fields of its row.
  fileprivate var row: JSONObject {
    var row: JSONObject = ["prompt": prompt.value]
    for member in fields.members where member.name != "prompt" {
      row.set(member.name, to: member.value)
    }
    return row
  }
}
