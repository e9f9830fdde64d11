import AnnotationStore
import Foundation
import PreferenceData
import Testing

/// A project in a folder of a test's own, with people, and a clock that only the test moves.
final class ProjectFixture {
  let folder: String
  let project: AnnotationProject
  var now = Date(timeIntervalSince1970: 1_795_262_400)

  init(
    _ change: (inout ProjectSettings) -> Void = { _ in }, tasks: Int = 0
  ) throws {
    folder =
      FileManager.default.temporaryDirectory
      .appending(component: "attune-tests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var settings = ProjectSettings(name: "practice")
    (settings.goldRate, settings.repeatRate) = (0, 0)
    settings.criteria = [Criterion(named: "helpfulness")]
    change(&settings)
    project = try AnnotationProject(
      makingAt: "\(folder)/p.sqlite", settings: settings, guidelines: "# Be fair", now: now)
    if tasks > 0 { _ = try project.add((0..<tasks).map { Self.task($0) }, now: now) }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  static func task(
    _ number: Int, stratum: String = "", gold: Verdict? = nil
  ) -> NewTask {
    var task = NewTask(
      prompt: .text("question \(number)"),
      responses: [
        .init(.text("first answer to \(number)"), model: "a"),
        .init(.text("second answer to \(number)"), model: "b"),
      ])
    (task.name, task.stratum, task.gold) = ("t\(number)", stratum, gold)
    return task
  }

  func person(_ name: String, _ role: Role = .annotator) throws -> Person {
    try project.invite(
      role, digest: "secret of \(name)", expiry: now.addingTimeInterval(60), now: now)
    return try project.redeemInvitation(
      digest: "secret of \(name)", name: name, passwordHash: "hash", now: now)
  }

  /// The shown place of the response that stands first in the task.
  static func first(_ assignment: Assignment) throws -> Int {
    try #require(assignment.places.firstIndex(of: 0))
  }

  static func answer(_ verdict: Verdict = .tie, reason: String = "") -> Answer {
    Answer(verdict, reason: reason, activeSeconds: 40, wallSeconds: 50)
  }

  /// Takes the next task and answers it; gives the task's number.
  @discardableResult
  func work(_ person: Person, _ verdict: Verdict = .tie) throws -> Int64? {
    guard let next = try project.nextAssignment(for: person, now: now) else { return nil }
    now += 60
    _ = try project.give(
      Self.answer(verdict.rearranged(next.places.inverted)), token: next.token, by: person,
      now: now)
    return next.task
  }
}

extension [Int] {
  /// Where each place of a task was shown.
  var inverted: [Int] { indices.map { place in firstIndex(of: place) ?? place } }
}
