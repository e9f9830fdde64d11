import PreferenceData
import Trainers

/// Goes through files as training would, and keeps the rows to show and the counts of all.
struct DataInspection {
  /// Which rows are shown.
  enum Selection: Equatable {
    /// The first usable ones.
    case first(Int)
    /// The one that begins on this line of its file.
    case line(Int)
  }

  /// A row that is shown.
  enum Row {
    case tokenized(InspectedRow)
    /// One that cannot be tokenized, and why.
    case other(SourceLocation, [String])
  }

  /// What was made of the rows so far.
  private struct Pass {
    var summary = InspectionSummary()
    var rows: [Row] = []
  }

  private let tokenization: RowTokenization
  private let selection: Selection
  private var pass = Pass()
  private var firstFile: String?
  /// What the files hold; nil where no kind of record has their fields.
  private(set) var type: RecordType?

  /// An inspection of nothing yet.
  init(_ tokenization: RowTokenization, showing selection: Selection) {
    self.tokenization = tokenization
    self.selection = selection
  }

  /// What all rows come to.
  var summary: InspectionSummary { pass.summary }
  /// The rows to show.
  var rows: [Row] { pass.rows }

  /// Reads a file.
  ///
  /// - Throws: `DataError` where it cannot be read; ``Failure`` (65) where it holds records of
  ///   another type than the files before it.
  mutating func read(_ path: String) throws {
    let scan = try DataScan(path, into: pass) { add($1, to: &$0) }
    if let first = firstFile, let type, let other = scan.kind?.type, type != other {
      throw Failure(
        .data,
        "\(path): holds \(other.title), but \(first) holds \(type.title); "
          + "training would stop here; give files of one type at a time")
    }
    pass = scan.state
    type = type ?? scan.kind?.type
    firstFile = firstFile ?? path
  }

  private func add(_ row: DataRow, to pass: inout Pass) {
    switch row.content {
    case .unusable(let reason):
      pass.summary.add(reason, at: row.source)
      show(.other(row.source, ["left out: \(reason)"]), in: &pass)
    case .malformed(let problems):
      pass.summary.add(problems)
      show(.other(row.source, problems.map(\.description)), in: &pass)
    case .record(let record):
      do throws(TrainingError) {
        let inspected = try tokenization.tokenize(record)
        pass.summary.add(inspected, of: record)
        show(.tokenized(inspected), in: &pass)
      } catch {
        pass.summary.addMessages(at: row.source)
        show(.other(row.source, ["\(error)"]), in: &pass)
      }
    }
  }

  private func show(_ row: Row, in pass: inout Pass) {
    switch (selection, row) {
    case (.first(let count), .tokenized(let inspected)):
      if inspected.dropped == nil, pass.rows.count < count { pass.rows.append(row) }
    case (.first, .other):
      break
    case (.line(let line), .tokenized(let inspected)):
      if inspected.source.line == line { pass.rows.append(row) }
    case (.line(let line), .other(let source, _)):
      if source.line == line { pass.rows.append(row) }
    }
  }
}
