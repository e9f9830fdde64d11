import Foundation
import Testing

@testable import Pipelines

@Suite("The turns of a loop")
struct LoopTurnsTests {
  private let lineage = LoopLineage(project: "helpful", turn: 1, policy: "aa", data: "bb")

  private func records(_ stages: [LoopStage], passed: Bool = true) -> [LoopStageRecord] {
    stages.map { stage in
      var record = LoopStageRecord(
        stage, turn: 1, lineage: lineage, started: Date(timeIntervalSince1970: 0), inputs: [:])
      record.finished = Date(timeIntervalSince1970: 1)
      record.passed = stage == .gate ? passed : nil
      return record
    }
  }

  @Test("a turn is finished with its last stage, and rejected by its gate")
  func states() {
    func state(_ records: [LoopStageRecord]) -> LoopTurns.State {
      LoopTurns.state(of: records, hasPage: true)
    }
    #expect(state([]) == .unfinished)
    #expect(state(records([.data, .reward, .training, .gate])) == .unfinished)
    #expect(state(records(LoopStage.allCases)) == .finished)
    #expect(state(records([.data, .reward, .training, .gate], passed: false)) == .rejected)
    var begun = records(LoopStage.allCases)
    begun[4].finished = nil
    #expect(state(begun) == .unfinished)
  }

  @Test("a turn that was killed before its page was written is not finished")
  func pageless() {
    #expect(LoopTurns.state(of: records(LoopStage.allCases), hasPage: false) == .unfinished)
    #expect(
      LoopTurns.state(
        of: records([.data, .reward, .training, .gate], passed: false), hasPage: false)
        == .unfinished)
  }

  @Test("an unfinished turn goes on, a finished one is followed, a rejected one waits for a person")
  func choice() throws {
    func choice(
      _ last: Int?, _ state: LoopTurns.State?, isNew: Bool = false, redoes: Bool = false
    ) throws -> Int {
      try LoopTurns.choice(after: last, isNew: isNew, redoes: redoes) { last in
        // Where the person has decided, a turn whose records are broken is no hindrance.
        try state ?? { throw LoopError.broken(path: "turn \(last)") }()
      }
    }
    #expect(try choice(nil, nil) == 1)
    #expect(try choice(nil, nil, isNew: true) == 1)
    #expect(try choice(3, .unfinished) == 3)
    #expect(try choice(3, .finished) == 4)
    #expect(try choice(3, nil, isNew: true) == 4)
    #expect(try choice(3, nil, redoes: true) == 3)
    #expect(throws: LoopError.notPassed(turn: 3)) { try choice(3, .rejected) }
    #expect(throws: LoopError.broken(path: "turn 3")) { try choice(3, nil) }
  }

  @Test("a folder is that of one project, and turns are what is named like turns")
  func folder() throws {
    let folder = try TemporaryFolder()
    let turns = LoopTurns(out: "\(folder.path)/loop")
    func open(_ name: String) throws { _ = try turns.open(for: name) }
    try turns.check("helpful")
    try open("helpful")
    try turns.check("helpful")
    try folder.file("loop/.loop.json.attune-17-a", "half")
    try open("helpful")
    #expect(try FileManager.default.contentsOfDirectory(atPath: turns.out) == ["loop.json"])
    for refused in [open, turns.check] {
      #expect(throws: LoopError.otherProject(path: turns.out, name: "helpful")) {
        try refused("harmless")
      }
    }
    for name in ["turn-0002", "turn-0010", "turn-10000", "turn-3", "turn-00003", "other"] {
      try FileManager.default.createDirectory(
        atPath: "\(turns.out)/\(name)", withIntermediateDirectories: true)
    }
    #expect(turns.numbers == [2, 10, 10000])
    try DocumentFile.write("{", to: "\(turns.out)/loop.json")
    for refused in [open, turns.check] {
      #expect(throws: LoopError.nameless(path: "\(turns.out)/loop.json")) {
        try refused("helpful")
      }
    }
    try folder.file("notes.txt", "mine")
    #expect(throws: LoopError.occupied(path: folder.path)) {
      _ = try LoopTurns(out: folder.path).open(for: "helpful")
    }
  }

  @Test("one process works on the turns at a time")
  func lock() throws {
    let folder = try TemporaryFolder()
    let turns = LoopTurns(out: "\(folder.path)/loop")
    func openTwice() throws {
      let lock = try turns.open(for: "helpful")
      #expect(throws: LoopError.inUse(path: turns.out)) { _ = try turns.open(for: "helpful") }
      withExtendedLifetime(lock) {}
    }
    try openTwice()
    try openTwice()
  }

  @Test("a turn as it stands tells each stage, the verdict and the candidate")
  func turn() {
    let layout = LoopLayout(out: "loop", turn: 1)
    let half = LoopTurn(project: "helpful", layout: layout, records: records([.data]))
    #expect(half.stages.map(\.stage) == LoopStage.allCases)
    #expect(half.stages.map(\.isFinished) == [true, false, false, false, false])
    #expect(half.lineage == "\(lineage)" && half.passed == nil)
    #expect(half.candidate == nil && half.model == nil)
    let whole = LoopTurn(
      project: "helpful", layout: layout, records: records(LoopStage.allCases))
    #expect(whole.passed == true)
    #expect(whole.candidate == "loop/turn-0001/candidate/candidate.json")
    #expect(whole.model == "loop/turn-0001/training/run")
  }

  @Test("errors are sentences that say what to do")
  func sentences() {
    func expect(_ error: LoopError, _ sentence: String) { #expect(error.description == sentence) }
    expect(
      .occupied(path: "out"),
      "out: the folder holds something that is no loop; give the project another 'out'")
    expect(
      .otherProject(path: "out", name: "helpful"),
      "out: holds the turns of the project 'helpful'; give this one another 'out'")
    expect(
      .broken(path: "out/stage.json"),
      "out/stage.json: cannot be read; put it back as it was written, or do the stage again with 'attune loop "
        + "--overwrite'")
    expect(
      .inUse(path: "out"),
      "out: another process works on these turns; wait for it, or give the project another 'out'")
    expect(
      .nameless(path: "out/loop.json"),
      "out/loop.json: does not say whose turns these are; put it back as it was written, or give the "
        + "project another 'out'")
    expect(
      .noCandidate(path: "candidate.json"),
      "candidate.json: there is no such file; 'attune loop' writes one when a candidate has passed its gate"
    )
    expect(
      .ownSource(path: "out/turn-0001/training/run", turn: 1),
      "out/turn-0001/training/run: was made by turn 1, which cannot be done again while the project names it; "
        + "begin another turn with --new-turn")
    expect(
      .fewPairs(12, needed: 200),
      "there are 12 pairs to learn from, and 200 are needed; wait for more feedback, give more data, or "
        + "lower minimum_pairs")
    expect(
      .fewPairs(1, needed: 2),
      "there is 1 pair to learn from, and 2 are needed; wait for more feedback, give more data, or lower "
        + "minimum_pairs")
    expect(
      .undivided(pairs: 4, heldOut: 0, share: 0.1),
      "of 4 pairs none would be held out by their prompts (held_out 0.1), and one at least must be; give "
        + "pairs of more prompts, or change held_out")
    expect(
      .undivided(pairs: 4, heldOut: 4, share: 0.5),
      "of 4 pairs 4 would be held out by their prompts (held_out 0.5), and not all of them must be; give "
        + "pairs of more prompts, or change held_out")
    expect(
      .undividedPrompts(prompts: 3, heldOut: 0, share: 0.1),
      "of 3 prompts none would be held out (held_out 0.1), and one at least must be; give more prompts, or "
        + "change held_out")
    expect(
      .changed(.reward, turn: 2, names: ["policy"]),
      "the stage 'reward' of turn 2 was done with something else: policy is not as before; put back what was "
        + "there, do the stage and those after it again with --overwrite, or begin a turn with --new-turn"
    )
    expect(
      .changed(.data, turn: 2, names: ["a.jsonl", "policy"]),
      "the stage 'data' of turn 2 was done with something else: a.jsonl, policy are not as before; put back "
        + "what was there, do the stage and those after it again with --overwrite, or begin a turn with "
        + "--new-turn")
    expect(
      .notPassed(turn: 2),
      "turn 2 has not passed its gate; begin another one with --new-turn when there are more data or other "
        + "settings, or ask again with other criteria and --overwrite")
    expect(
      .missing(path: "models/policy", what: "model directory"),
      "models/policy: there is no such model directory; the project file names it")
    expect(
      .stopped(.training, turn: 2),
      "stopped during 'training' of turn 2; the same command goes on from there")
  }
}
