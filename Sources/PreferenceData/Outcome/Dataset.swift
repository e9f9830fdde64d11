/// The usable rows of some files in their order, and an account of the others.
public struct Dataset<Record: Sendable>: Sendable {
  /// The usable rows.
  public let records: [Record]
  /// The rows that were left out.
  public let dropped: DroppedRows

  /// A dataset.
  ///
  /// - Parameters:
  ///   - records: The usable rows.
  ///   - dropped: The rows that were left out.
  public init(records: [Record], dropped: DroppedRows = DroppedRows()) {
    self.records = records
    self.dropped = dropped
  }
}
