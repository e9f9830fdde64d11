import PreferenceData

/// The rows that were left out, by reason, with places to look at.
enum DroppedRowsTable {
  /// A table of all that some files left out, or nil if they left out nothing.
  static func rendered(_ dropped: [DroppedRows]) -> String? {
    var table = Table(.init("unusable", .right), .init("because"), .init("for instance"))
    for rows in dropped {
      for reason in rows.reasons {
        let more = rows[reason] > rows.examples(of: reason).count ? ", …" : ""
        table.append(
          "\(rows[reason])", "\(reason)", list(rows.examples(of: reason)) + more)
      }
    }
    return table.rows.isEmpty ? nil : table.rendered()
  }

  /// `pairs.jsonl:3, :5, more.jsonl:7`: a file is named once.
  private static func list(_ places: [SourceLocation]) -> String {
    places.indices.map { index in
      let isSame = index > 0 && places[index - 1].file == places[index].file
      return isSame ? ":\(places[index].line)" : places[index].description
    }.joined(separator: ", ")
  }
}

extension JSONReport {
  /// How many rows were left out for each reason.
  init(_ dropped: DroppedRows) {
    self.init()
    for reason in dropped.reasons { add(reason.rawValue, dropped[reason]) }
  }

  /// The problems that are kept, a sentence each.
  static func problems(_ rows: MalformedRows) -> JSONValue {
    .array(rows.problems.map { .string($0.description) })
  }
}
