internal import Foundation
internal import PreferenceData
internal import Sandbox

/// The data of a quickstart: what the models learn from, and what they are asked in the end.
struct QuickstartData {
  let recipe: QuickstartRecipe
  let layout: QuickstartLayout

  private let world = SandboxWorld()
  private let kinds = PromptKind.allCases

  /// What no two files may share is drawn from seeds far apart.
  private func seed(_ purpose: UInt64) -> UInt64 { recipe.seed &* 1000 &+ purpose }

  /// Writes all files.
  ///
  /// - Parameter observe: Told of the rows that are written, of all; may throw to stop.
  /// - Throws: What `observe` throws, or `DataError` for a file that cannot be written.
  func write(observe: (_ done: Int, _ total: Int) throws -> Void) throws {
    try FileManager.default.createDirectory(
      atPath: layout.data, withIntermediateDirectories: true)
    var pairs = preferences(noise: recipe.labelNoise, temperature: 0.1, seed: seed(3))
    var heldOutPairs = preferences(noise: 0, temperature: 0, seed: seed(4))
    var texts = TextRows(world: world, kinds: kinds, seed: seed(1))
    var prompts = PromptRows(world: world, kinds: kinds, seed: seed(5))
    var heldOutPrompts = PromptRows(world: world, kinds: kinds, seed: seed(6))
    let files: [(path: String, count: Int, next: () throws -> JSONObject)] = [
      (layout.texts, recipe.texts, { texts.next() }),
      (layout.pairs, recipe.pairs, { try pairs.next() }),
      (layout.heldOutPairs, recipe.heldOutPairs, { try heldOutPairs.next() }),
      (layout.prompts, recipe.prompts, { prompts.next() }),
      (layout.heldOutPrompts, recipe.heldOutPrompts, { heldOutPrompts.next() }),
    ]
    let answers = try mixedAnswers()
    let total = files.reduce(answers.count) { $0 + $1.count }
    var done = 0
    for file in files {
      var writer = try JSONLinesWriter(path: file.path)
      for _ in 0..<file.count {
        try writer.write(file.next())
        done += 1
        if done % 1000 == 0 { try observe(done, total) }
      }
      try writer.commit()
    }
    var writer = try JSONLinesWriter(path: layout.answers)
    for answer in answers { try writer.write(answer) }
    try writer.commit()
    try observe(total, total)
  }

  private func preferences(
    noise: Double, temperature: Double, seed: UInt64
  ) -> PreferenceRows {
    PreferenceRows(
      world: world, kinds: kinds,
      pool: AnnotatorPool(
        size: 5,
        typical: SimulatedAnnotator(name: "", temperature: temperature, labelNoise: noise)),
      seed: seed)
  }

  /// Good demonstrations, and answers as they come: what people write is of mixed quality, and leaves
  /// something for preferences to teach.
  private func mixedAnswers() throws -> [JSONObject] {
    var demonstrations = DemonstrationRows(world: world, kinds: kinds, seed: seed(2))
    var pairs = preferences(noise: 0, temperature: 0.1, seed: seed(7))
    var random = SeededGenerator(seed: seed(8))
    var rows: [JSONObject] = []
    for _ in 0..<recipe.demonstrations {
      let row = demonstrations.next()
      rows.append(["prompt": row["prompt"] ?? .null, "completion": row["completion"] ?? .null])
    }
    for _ in 0..<recipe.casualAnswers {
      let row = try pairs.next()
      let side = random.uniform(below: 2) == 0 ? "chosen" : "rejected"
      rows.append(["prompt": row["prompt"] ?? .null, "completion": row[side] ?? .null])
    }
    return random.permutation(of: rows.count).map { rows[$0] }
  }
}
