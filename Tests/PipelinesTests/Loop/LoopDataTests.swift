import PreferenceData
import Testing

@testable import Pipelines

@Suite("The data of a turn")
struct LoopDataTests {
  private func pair(_ prompt: String, _ chosen: String = "yes", _ rejected: String = "no")
    -> LoopRow
  {
    LoopRow(
      ["prompt": .string(prompt), "chosen": .string(chosen), "rejected": .string(rejected)],
      from: "pairs.jsonl")
  }

  private func single(_ prompt: String, _ label: Bool = true) -> LoopRow {
    LoopRow(
      ["prompt": .string(prompt), "completion": .string("ok"), "label": .boolean(label)],
      from: "feedback")
  }

  private let split = LoopSplit(share: 0.25, seed: 7)

  // The first 52 bits of SHA-256("7\na") and so on, by another program: a 0.598, b 0.437, c 0.340,
  // d 0.358, e 0.063, f 0.863, g 0.232, h 0.565; with seed 8: a 0.486, b 0.076, c 0.050, d 0.751.
  @Test("which prompts are held out is a matter of their digests")
  func split52() {
    #expect(
      "abcdefgh".map { split.holdsOut(String($0)) }
        == [false, false, false, false, true, false, true, false])
    #expect(
      "abcd".map { LoopSplit(share: 0.25, seed: 8).holdsOut(String($0)) }
        == [false, true, true, false])
    #expect(LoopSplit(share: 0.45, seed: 7).holdsOut("b"))
    #expect((0..<1000).count { LoopSplit(share: 0.1, seed: 0).holdsOut("prompt \($0)") } == 101)
  }

  @Test("a prompt is on one side, whatever it stands in and whatever blanks are around it")
  func leakage() {
    let names = (0..<200).map { "prompt \($0)" }
    let data = LoopData(
      pairs: names.flatMap { [pair($0), pair(" \($0)\n", "maybe")] },
      unpaired: names.map { single($0 + " ") },
      prompts: names.map { LoopRow(["prompt": .string($0)], from: "p") },
      split: split)
    let training = [data.pairs, data.unpaired, data.prompts].map { Set($0.training.map(\.prompt)) }
    let heldOut = [data.pairs, data.unpaired, data.prompts].map { Set($0.heldOut.map(\.prompt)) }
    #expect(training[0] == training[1] && training[0] == training[2])
    #expect(heldOut[0] == heldOut[1] && heldOut[0] == heldOut[2])
    #expect(training[0].isDisjoint(with: heldOut[0]))
    #expect(!heldOut[0].isEmpty && training[0].count + heldOut[0].count == 200)
    #expect(data.pairs.count == 400 && data.unpaired.count == 200)
  }

  @Test("a record is kept once, and what was judged both ways is counted")
  func distinct() {
    let data = LoopData(
      pairs: [pair("a"), pair("a "), pair("a", "no", "yes"), pair("a", "perhaps"), pair("e")],
      unpaired: [single("a"), single("a"), single("a", false)], prompts: [], split: split)
    #expect(data.pairs.count == 4 && data.unpaired.count == 2)
    #expect(data.repeated == 2 && data.opposed == 1)
    #expect(data.prompts.training.map(\.prompt) == ["a"])
    #expect(data.prompts.heldOut.map(\.prompt) == ["e"])
  }

  @Test("what was preferred is what supervised training learns, each answer once")
  func demonstrations() {
    let data = LoopData(
      pairs: [pair("a"), pair("a", "yes", "never"), pair("e")], unpaired: [], prompts: [],
      split: split)
    #expect(
      data.demonstrations.training
        == [LoopRow(["prompt": .string("a"), "completion": .string("yes")], from: "pairs.jsonl")])
    #expect(data.demonstrations.heldOut.count == 1)
  }

  @Test("the digest is that of what the records say, and of their order")
  func digest() {
    func digest(_ pairs: [LoopRow], _ unpaired: [LoopRow] = []) -> String {
      LoopData(pairs: pairs, unpaired: unpaired, prompts: [], split: split).digest
    }
    let first = digest([pair("a"), pair("b")])
    #expect(first == digest([pair("a"), pair("b"), pair("a")]))
    #expect(first != digest([pair("b"), pair("a")]))
    #expect(first != digest([pair("a"), pair("b", "Yes")]))
    #expect(first != digest([pair("a"), pair("b")], [single("a")]))
    // Not where the records were read, but which of them are held out.
    var moved = pair("a")
    moved.file = "/elsewhere/pairs.jsonl"
    #expect(first == digest([moved, pair("b")]))
    let other = LoopData(
      pairs: [pair("a"), pair("b")], unpaired: [], prompts: [],
      split: LoopSplit(share: 0.25, seed: 8))
    #expect(first != other.digest)
  }

  @Test("too few pairs, or none on one side, stop the turn")
  func check() throws {
    func data(_ pairs: [LoopRow], _ prompts: [LoopRow] = []) -> LoopData {
      LoopData(pairs: pairs, unpaired: [], prompts: prompts, split: split)
    }
    try data([pair("a"), pair("e")]).check(minimum: 2, share: 0.25)
    #expect(throws: LoopError.fewPairs(2, needed: 3)) {
      try data([pair("a"), pair("e")]).check(minimum: 3, share: 0.25)
    }
    #expect(throws: LoopError.undivided(pairs: 2, heldOut: 0, share: 0.25)) {
      try data([pair("a"), pair("b")]).check(minimum: 2, share: 0.25)
    }
    #expect(throws: LoopError.undivided(pairs: 2, heldOut: 2, share: 0.25)) {
      try data([pair("e"), pair("g")]).check(minimum: 2, share: 0.25)
    }
    #expect(throws: LoopError.undividedPrompts(prompts: 1, heldOut: 0, share: 0.25)) {
      try data([pair("a"), pair("e")], [LoopRow(["prompt": .string("b")], from: "p")])
        .check(minimum: 2, share: 0.25)
    }
  }

  @Test("a written row says where it is from and what it is a part of")
  func written() {
    let lineage = LoopLineage(project: "helpful", turn: 1, policy: "aa", data: "bb")
    let row = pair("a").written(lineage)
    #expect(row["file"] == .string("pairs.jsonl") && row["lineage"] == .string("45af436d8ff9f913"))
  }
}
