internal import Foundation
internal import PreferenceData
internal import TrainingConfiguration

extension LoopWork {
  /// Writes a turn's records, each with its lineage, in place of what an interrupted stage has left.
  ///
  /// - Parameters:
  ///   - data: The records.
  ///   - record: The stage as it was begun; what it comes to is added.
  /// - Returns: The names of the files.
  /// - Throws: `DataError` for a file that cannot be written.
  func write(_ data: LoopData, _ record: inout LoopStageRecord) throws -> [String] {
    let isSupervised = project.training.method == .sft
    let files: [(part: String, rows: [LoopRow])] =
      [
        (Part.pairs, data.pairs.training), (Part.heldOutPairs, data.pairs.heldOut),
        (Part.unpaired, data.unpaired.training), (Part.heldOutUnpaired, data.unpaired.heldOut),
        (Part.prompts, data.prompts.training), (Part.heldOutPrompts, data.prompts.heldOut),
      ]
      + (isSupervised
        ? [
          (Part.demonstrations, data.demonstrations.training),
          (Part.heldOutDemonstrations, data.demonstrations.heldOut),
        ] : [])
    let written = files.filter { !$0.rows.isEmpty }
    for (part, rows) in written {
      var writer = try JSONLinesWriter(path: layout.path(of: part))
      for row in rows { try writer.write(row.written(record.lineage)) }
      try writer.commit()
    }
    record.counts = [
      "pairs": data.pairs.training.count, "held_out_pairs": data.pairs.heldOut.count,
      "unpaired": data.unpaired.training.count, "held_out_unpaired": data.unpaired.heldOut.count,
      "prompts": data.prompts.training.count, "held_out_prompts": data.prompts.heldOut.count,
      "repeated": data.repeated, "opposed": data.opposed,
    ]
    record.findings =
      [
        "\(data.pairs.training.count) pairs to learn from and \(data.pairs.heldOut.count) held out",
        data.unpaired.count == 0 ? nil : "\(data.unpaired.count) single judgments",
        "\(data.prompts.training.count) prompts and \(data.prompts.heldOut.count) held out",
        data.repeated == 0 ? nil : "\(data.repeated) repeated records left out",
        data.opposed == 0 ? nil : "\(data.opposed) pairs judged both ways round",
      ].compactMap { $0 }
    return written.map(\.part)
  }
}
