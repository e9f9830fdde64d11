/// Why a loop cannot start or go on. Each case renders as a sentence that says what to do.
public enum LoopError: Error, Equatable, Sendable {
  /// The folder of turns holds something else.
  case occupied(path: String)
  /// The folder of turns is that of another project.
  case otherProject(path: String, name: String)
  /// Another process works on the turns.
  case inUse(path: String)
  /// What the folder of turns is known by cannot be read.
  case nameless(path: String)
  /// A record cannot be read.
  case broken(path: String)
  /// There is no such offer to a canary.
  case noCandidate(path: String)
  /// There are too few pairs to learn from.
  case fewPairs(Int, needed: Int)
  /// No pair is held out, or every one.
  case undivided(pairs: Int, heldOut: Int, share: Double)
  /// No prompt is held out, or every one.
  case undividedPrompts(prompts: Int, heldOut: Int, share: Double)
  /// The stages that would be done again have made what the project names.
  case ownSource(path: String, turn: Int)
  /// What a stage was made from, or what it made, is not what it was.
  case changed(LoopStage, turn: Int, names: [String])
  /// The last turn has not passed its gate.
  case notPassed(turn: Int)
  /// Something that the project names is not there.
  case missing(path: String, what: String)
  /// The observer asked to stop.
  case stopped(LoopStage, turn: Int)
}

extension LoopError: CustomStringConvertible {
  /// A sentence without a full stop.
  public var description: String {
    switch self {
    case .occupied(let path):
      "\(path): the folder holds something that is no loop; give the project another 'out'"
    case .otherProject(let path, let name):
      "\(path): holds the turns of the project '\(name)'; give this one another 'out'"
    case .inUse(let path):
      "\(path): another process works on these turns; wait for it, or give the project another 'out'"
    case .nameless(let path):
      "\(path): does not say whose turns these are; put it back as it was written, or give the project "
        + "another 'out'"
    case .broken(let path):
      "\(path): cannot be read; put it back as it was written, or do the stage again with 'attune loop "
        + "--overwrite'"
    case .noCandidate(let path):
      "\(path): there is no such file; 'attune loop' writes one when a candidate has passed its gate"
    case .fewPairs(let count, let needed):
      "there \(count == 1 ? "is 1 pair" : "are \(count) pairs") to learn from, and \(needed) are needed; "
        + "wait for more feedback, give more data, or lower minimum_pairs"
    case .undivided(let pairs, let heldOut, let share):
      "of \(pairs) pairs \(heldOut == 0 ? "none" : "\(heldOut)") would be held out by their prompts (held_out "
        + "\(share)), and \(heldOut == 0 ? "one at least" : "not all of them") must be; give pairs of more "
        + "prompts, or change held_out"
    case .undividedPrompts(let prompts, let heldOut, let share):
      "of \(prompts) prompts \(heldOut == 0 ? "none" : "\(heldOut)") would be held out (held_out \(share)), "
        + "and \(heldOut == 0 ? "one at least" : "not all of them") must be; give more prompts, or change "
        + "held_out"
    case .ownSource(let path, let turn):
      "\(path): was made by turn \(turn), which cannot be done again while the project names it; begin "
        + "another turn with --new-turn"
    case .changed(let stage, let turn, let names):
      "the stage '\(stage.rawValue)' of turn \(turn) was done with something else: "
        + "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") not as before; put back what "
        + "was there, do the stage and those after it again with --overwrite, or begin a turn with --new-turn"
    case .notPassed(let turn):
      "turn \(turn) has not passed its gate; begin another one with --new-turn when there are more data or "
        + "other settings, or ask again with other criteria and --overwrite"
    case .missing(let path, let what):
      "\(path): there is no such \(what); the project file names it"
    case .stopped(let stage, let turn):
      "stopped during '\(stage.rawValue)' of turn \(turn); the same command goes on from there"
    }
  }
}
