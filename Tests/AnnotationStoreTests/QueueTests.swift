import AnnotationStore
import Foundation
import PreferenceData
import Testing

@Suite("The queue of tasks")
struct QueueTests {
  @Test("every slot is filled once, and nobody judges a task twice", arguments: [1, 2, 3, 5])
  func slots(overlap: Int) throws {
    let fixture = try ProjectFixture({ $0.overlap = overlap }, tasks: 7)
    let people = try (0..<5).map { try fixture.person("p\($0)") }
    var done: [Int64: Set<Int64>] = [:]
    var isWorking = true
    while isWorking {
      isWorking = false
      for person in people {
        guard let task = try fixture.work(person) else { continue }
        isWorking = true
        #expect(done[task, default: []].insert(person.id).inserted)
      }
    }
    #expect(done.count == 7)
    #expect(done.values.allSatisfy { $0.count == overlap })
    let progress = try fixture.project.progress(now: fixture.now)
    #expect(progress.tasks == 7 && progress.complete == 7)
    #expect(progress.slots == 7 * overlap && progress.filled == 7 * overlap)
  }

  @Test("the last slot goes to one of many who ask at the same moment")
  func race() async throws {
    let fixture = try ProjectFixture({ $0.overlap = 2 }, tasks: 1)
    let people = try (0..<12).map { try fixture.person("p\($0)") }
    let (project, now) = (fixture.project, fixture.now)
    let got = try await withThrowingTaskGroup(of: Bool.self) { group in
      for person in people {
        group.addTask { try project.nextAssignment(for: person, now: now) != nil }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(got == 2)
  }

  @Test("a task stays with whoever has opened it, and is free again when the lease runs out")
  func leases() throws {
    let fixture = try ProjectFixture({ ($0.overlap, $0.leaseSeconds) = (1, 100) }, tasks: 1)
    let (ada, ben) = (try fixture.person("Ada"), try fixture.person("Ben"))
    let first = try #require(try fixture.project.nextAssignment(for: ada, now: fixture.now))
    #expect(try fixture.project.nextAssignment(for: ben, now: fixture.now) == nil)
    fixture.now += 99
    #expect(try fixture.project.nextAssignment(for: ada, now: fixture.now) == first)
    // A draft keeps it longer.
    var draft = Draft()
    (draft.verdict, draft.reason, draft.activeSeconds) = (.tie, "so far", 7)
    try fixture.project.save(draft, token: first.token, of: ada, now: fixture.now)
    fixture.now += 99
    let noted = try #require(try fixture.project.nextAssignment(for: ada, now: fixture.now))
    #expect((noted.token, noted.draft) == (first.token, draft))
    fixture.now += 2
    let second = try #require(try fixture.project.nextAssignment(for: ben, now: fixture.now))
    #expect(second.task == first.task && second.token != first.token)
    #expect(try fixture.project.nextAssignment(for: ada, now: fixture.now) == nil)
    #expect(throws: AnnotationError.notAssigned) {
      try fixture.project.give(
        ProjectFixture.answer(), token: first.token, by: ada, now: fixture.now)
    }
  }

  @Test("an answer after the lease counts while the slot is free, and not when it is taken")
  func late() throws {
    let fixture = try ProjectFixture({ ($0.overlap, $0.leaseSeconds) = (1, 100) }, tasks: 2)
    let (ada, ben) = (try fixture.person("Ada"), try fixture.person("Ben"))
    let first = try #require(try fixture.project.nextAssignment(for: ada, now: fixture.now))
    fixture.now += 200
    _ = try fixture.project.give(
      ProjectFixture.answer(), token: first.token, by: ada, now: fixture.now)
    let second = try #require(try fixture.project.nextAssignment(for: ada, now: fixture.now))
    fixture.now += 200
    try fixture.work(ben)
    #expect(throws: AnnotationError.taken) {
      try fixture.project.give(
        ProjectFixture.answer(), token: second.token, by: ada, now: fixture.now)
    }
    #expect(try fixture.project.judgments().map(\.person) == [ada.id, ben.id])
  }

  @Test("strata take turns")
  func strata() throws {
    let fixture = try ProjectFixture({ $0.overlap = 1 })
    let tasks = (0..<12).map { ProjectFixture.task($0, stratum: $0 < 9 ? "many" : "few") }
    _ = try fixture.project.add(tasks, now: fixture.now)
    let person = try fixture.person("Ada")
    let names = try (0..<6).map { _ in try #require(try fixture.work(person)) }
    #expect(names.count { $0 > 9 } == 3)
    // In an order that the seed draws, and not in that of the file.
    #expect(names.filter { $0 <= 9 } != [1, 2, 3])
  }

  @Test("tasks about which people disagree come first where that is asked for")
  func disagreement() throws {
    for ordering in ProjectSettings.Ordering.allCases {
      let fixture = try ProjectFixture({ ($0.overlap, $0.ordering) = (2, ordering) }, tasks: 6)
      let people = try ["Ada", "Ben", "Cleo"].map { try fixture.person($0) }
      // Two people disagree about the third task that they get, and about nothing else.
      var third: Int64 = 0
      for index in 0..<6 {
        third = try fixture.work(people[0], .prefers(0, strength: 1)) ?? third
        let other = try fixture.work(people[1], .prefers(index == 2 ? 1 : 0, strength: 1))
        #expect(other != nil)
        if index == 2 {
          let settings = try fixture.project.settings()
          var more = settings
          more.overlap = 3
          try fixture.project.change(more, now: fixture.now)
          let next = try #require(
            try fixture.project.nextAssignment(for: people[2], now: fixture.now))
          #expect((next.task == third) == (ordering == .disagreement))
          return
        }
      }
    }
  }

  @Test("the overlap may change while people work")
  func overlap() throws {
    let fixture = try ProjectFixture({ $0.overlap = 1 }, tasks: 2)
    let (ada, ben) = (try fixture.person("Ada"), try fixture.person("Ben"))
    try fixture.work(ada)
    try fixture.work(ada)
    #expect(try fixture.work(ben) == nil)
    var settings = try fixture.project.settings()
    settings.overlap = 2
    try fixture.project.change(settings, now: fixture.now)
    #expect(try fixture.work(ada) == nil)
    #expect(try fixture.work(ben) != nil)
    #expect(try fixture.project.progress(now: fixture.now).complete == 1)
    settings.overlap = 1
    try fixture.project.change(settings, now: fixture.now)
    #expect(try fixture.project.progress(now: fixture.now).complete == 2)
    #expect(try fixture.work(ben) == nil)
  }

  @Test("a skipped task is for others; a flagged one goes on and waits for a reviewer")
  func skipping() throws {
    let fixture = try ProjectFixture({ $0.overlap = 1 }, tasks: 1)
    let (ada, ben) = (try fixture.person("Ada"), try fixture.person("Ben"))
    let mine = try #require(try fixture.project.nextAssignment(for: ada, now: fixture.now))
    #expect(throws: AnnotationError.answer("say in 1 to 4000 characters why the task is skipped")) {
      try fixture.project.skip(token: mine.token, reason: " ", by: ada, now: fixture.now)
    }
    try fixture.project.skip(token: mine.token, reason: "not my field", by: ada, now: fixture.now)
    #expect(try fixture.project.nextAssignment(for: ada, now: fixture.now) == nil)
    let theirs = try #require(try fixture.project.nextAssignment(for: ben, now: fixture.now))
    try fixture.project.flag(token: theirs.token, reason: "a typo", by: ben, now: fixture.now)
    #expect(try fixture.project.reviewQueue() == ["t0"])
    #expect(try fixture.project.reviewCase("t0").flags == ["a typo"])
    try fixture.work(ben)
    #expect(try fixture.project.progress(now: fixture.now).complete == 1)
  }

  @Test("tasks with known answers come at their rate, each once to a person, and take no slot")
  func gold() throws {
    let fixture = try ProjectFixture(
      { ($0.overlap, $0.goldRate, $0.quality.leastSeconds) = (1, 0.2, 0) }, tasks: 200)
    _ = try fixture.project.add(
      (1000..<1100).map { ProjectFixture.task($0, gold: .prefers(0, strength: 1)) },
      now: fixture.now)
    let people = try ["Ada", "Ben"].map { try fixture.person($0) }
    var counts: [Int64: Int] = [:]
    while let task = try fixture.work(people[counts.count % 2], .prefers(0, strength: 1)) {
      counts[task, default: 0] += 1
    }
    let gold = counts.filter { $0.key > 200 }
    #expect(counts.filter { $0.key <= 200 }.values.allSatisfy { $0 == 1 })
    // Binomial: 250 draws at 0.2 have a standard deviation of 6.3.
    #expect((30...75).contains(gold.values.reduce(0, +)))
    #expect(try fixture.project.progress(now: fixture.now).slots == 200)
  }

  @Test("some tasks are asked again, and who contradicts himself is noted")
  func repetition() throws {
    let fixture = try ProjectFixture(
      {
        ($0.overlap, $0.repeatRate, $0.repeatDistance) = (1, 0.3, 5)
        $0.quality.leastSeconds = 0
      }, tasks: 60)
    let ada = try fixture.person("Ada")
    var seen: Set<Int64> = []
    while let next = try fixture.project.nextAssignment(for: ada, now: fixture.now) {
      fixture.now += 60
      let isAgain = !seen.insert(next.task).inserted
      let verdict = Verdict.prefers(isAgain ? 1 : 0, strength: 1).rearranged(next.places.inverted)
      _ = try fixture.project.give(
        ProjectFixture.answer(verdict), token: next.token, by: ada, now: fixture.now)
    }
    let again = try fixture.project.judgments().filter { $0.round == 2 }
    #expect((6...35).contains(again.count))
    #expect(again.allSatisfy { $0.failed.contains(.contradiction) })
    #expect(Set(again.map(\.task)).count == again.count)
    #expect(try fixture.project.judgments().count == 60 + again.count)
  }

  @Test("who answers known tasks badly is paused, after ten of them and not before")
  func pausing() throws {
    let fixture = try ProjectFixture(
      { ($0.overlap, $0.goldRate) = (1, 0.5) }, tasks: 300)
    _ = try fixture.project.add(
      (1000..<1100).map { ProjectFixture.task($0, gold: .prefers(0, strength: 1)) },
      now: fixture.now)
    let (bad, good) = (try fixture.person("Bad"), try fixture.person("Good"))
    var count = 0
    #expect(throws: AnnotationError.self) {
      while count < 100, try fixture.work(bad, .prefers(1, strength: 1)) != nil { count += 1 }
    }
    let accuracy = try fixture.project.goldAccuracy(of: bad)
    #expect(accuracy.count == 10 && accuracy.wrong == 10)
    #expect(try fixture.project.person(named: "bad").pauseReason?.hasPrefix("10 of 10") == true)
    for _ in 0..<100 { try fixture.work(good, .prefers(0, strength: 1)) }
    #expect(try fixture.project.person(named: "Good").pauseReason == nil)
    try fixture.project.pause(bad, reason: nil, now: fixture.now)
    #expect(try fixture.project.nextAssignment(for: bad, now: fixture.now) != nil)
  }
}
