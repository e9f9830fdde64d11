internal import Evaluations
public import Foundation
internal import GRDB

/// How far a project has come.
public struct ProjectProgress: Sendable, Hashable, Codable {
  /// What one person has done.
  public struct Annotator: Sendable, Hashable, Codable {
    /// The name.
    public let name: String
    /// What the person may do.
    public let role: Role
    /// Judgments that stand.
    public let judgments: Int
    /// Judgments whose confidence is too low to be valid.
    public let doubtful: Int
    /// The median of active seconds; `nil` without judgments.
    public let medianSeconds: Double?
    /// The mean confidence; `nil` without judgments.
    public let confidence: Double?
    /// Answers to tasks whose right answer is known.
    public let gold: Int
    /// Wrong ones among them.
    public let goldWrong: Int
    /// Tasks that were skipped.
    public let skipped: Int
    /// Why the person may not go on; `nil` for one who may.
    public let pauseReason: String?
    /// When the last judgment was given; `nil` without any.
    public let lastAt: Date?
  }

  /// Tasks asked in earnest, without withdrawn ones.
  public let tasks: Int
  /// Tasks with as many answers as they need.
  public let complete: Int
  /// Tasks about which people disagree.
  public let disagreeing: Int
  /// Tasks that were flagged and not looked at.
  public let flagged: Int
  /// Tasks that a reviewer has decided.
  public let ruled: Int
  /// Tasks whose right answer is known.
  public let goldTasks: Int
  /// Answers needed for all tasks.
  public let slots: Int
  /// Slots that are filled.
  public let filled: Int
  /// Tasks that somebody has open.
  public let open: Int
  /// Everybody, in the order in which they came.
  public let annotators: [Annotator]
}

extension AnnotationProject {
  /// How far the project has come.
  ///
  /// - Parameter now: The present moment.
  /// - Returns: The counts.
  /// - Throws: An error of SQLite.
  public func progress(now: Date) throws -> ProjectProgress {
    try database.read { database in
      let settings = try database.settings()
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT COUNT(*) FILTER (WHERE isGold = 0) AS tasks,
            COUNT(*) FILTER (WHERE status = 'complete') AS complete,
            COUNT(*) FILTER (WHERE isGold = 0 AND disagrees) AS disagreeing,
            COUNT(*) FILTER (WHERE isGold = 1) AS gold,
            TOTAL(COALESCE(overlap, :overlap)) FILTER (WHERE isGold = 0) AS slots,
            TOTAL(MIN(answers, COALESCE(overlap, :overlap))) FILTER (WHERE isGold = 0) AS filled,
            (SELECT COUNT(DISTINCT taskID) FROM flag WHERE resolvedAt IS NULL) AS flagged,
            (SELECT COUNT(DISTINCT taskID) FROM ruling) AS ruled,
            (SELECT COUNT(*) FROM lease WHERE expiresAt > :now) AS open
          FROM task WHERE status <> 'withdrawn'
          """, arguments: ["overlap": settings.overlap, "now": now.stamp])
      guard let row else { preconditionFailure("a sum is one row") }
      let (slots, filled): (Double, Double) = (row["slots"], row["filled"])
      return ProjectProgress(
        tasks: row["tasks"], complete: row["complete"], disagreeing: row["disagreeing"],
        flagged: row["flagged"], ruled: row["ruled"], goldTasks: row["gold"], slots: Int(slots),
        filled: Int(filled), open: row["open"],
        annotators: try database.annotators(settings.quality))
    }
  }
}

extension Database {
  fileprivate func annotators(_ quality: QualityProfile) throws -> [ProjectProgress.Annotator] {
    var seconds: [Int64: [Double]] = [:]
    let times = try Row.fetchCursor(
      self,
      sql: """
        SELECT personID, answer ->> '$.active_seconds' AS seconds FROM judgment WHERE withdrawnAt IS NULL
        """)
    while let row = try times.next() {
      seconds[row["personID"], default: []].append(row["seconds"])
    }
    let rows = try Row.fetchAll(
      self,
      sql: """
        SELECT person.*,
          (SELECT COUNT(*) FROM skip WHERE skip.personID = person.id) AS skipped,
          COUNT(judgment.id) AS given, AVG(judgment.confidence) AS confidence,
          COUNT(judgment.id) FILTER (WHERE judgment.confidence < :valid) AS doubtful,
          MAX(judgment.createdAt) AS lastAt
        FROM person LEFT JOIN judgment
          ON judgment.personID = person.id AND judgment.withdrawnAt IS NULL
        GROUP BY person.id ORDER BY person.id
        """, arguments: ["valid": quality.threshold])
    return try rows.map { row in
      let person = try Person(row)
      let gold = try goldAccuracy(of: person)
      let last: Int64? = row["lastAt"]
      return ProjectProgress.Annotator(
        name: person.name, role: person.role, judgments: row["given"], doubtful: row["doubtful"],
        medianSeconds: SortedSample(seconds[person.id] ?? []).median, confidence: row["confidence"],
        gold: gold.count, goldWrong: gold.wrong, skipped: row["skipped"],
        pauseReason: person.pauseReason, lastAt: last.map(Date.init(stamp:)))
    }
  }
}
