public import ArgumentParser
import ConfigurationFiles
import Foundation
public import Pipelines
import Trainers
import TrainingConfiguration

/// `attune loop`: from what people say about a policy to a candidate for its canary.
struct LoopCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "loop",
    abstract: "Run a turn of the loop: feedback, reward model, training, gate, candidate.",
    discussion: """
      A project file says what there is and what is wanted:

        name: helpful
        policy: models/policy           # the model in use, never changed
        feedback: feedback.sqlite       # of attune serve
        annotations: [team.attune]      # annotation projects
        data: [pairs.jsonl]             # more preference records
        prompts: prompts.jsonl          # to practise and to be compared on
        minimum_pairs: 200
        held_out: 0.1                   # share of prompts kept from training
        reward: {learning_rate: 1e-4}   # settings of attune reward
        training: {method: dpo, beta: 0.1}
        judge: reward                   # or sandbox
        sampling: {max_new_tokens: 128, temperature: 1, completions: 1}
        gate: {criteria: {win_rate: {above: 0.5, confident: true}, kl: {below: 10}}}
        canary: {steps: [0.05, 0.25, 1]}
        out: loop
        seed: 0

      Name, policy, training and one of feedback, annotations and data must be there. Of what is left out, \
      minimum_pairs is 200, held_out 0.1, sampling one answer of at most 256 tokens at temperature 1; the gate \
      wants a reward model that is right more often than not, wins that are no chance, and a KL below 10 \
      nats; the canary's steps are 1, 5, 25, 50 and 100 %. The methods are sft, \
      dpo, kto, ppo, rloo, grpo and reinforce, each with the settings of its command; models, data, run \
      directories and seeds are the loop's own. A policy that learns from the reward model is judged by a \
      second one, from other draws.

      The stages are data, reward, training, gate and candidate; each leaves a folder with stage.json under \
      loop/turn-0001, and all name the same lineage. Feedback and annotations are taken once, with the first \
      stage. After Ctrl-C the same command goes on with the stage that was interrupted. What has changed \
      since a stage was done is an error; --overwrite does the stage and those after it again. When a turn \
      is finished the next command begins another one. What passed the gate goes to the server:

        attune serve --model models/policy --store served \\
          --canary loop/turn-0001/candidate/candidate.json

      When it is promoted, make it the project's policy: the next turn begins from there.

      Exit status: 0 done, 2 the gate not passed or too few pairs, 64 wrong usage, 65 bad data, 130 or 143 \
      interrupted.
      """)

  @Option(help: ArgumentHelp("YAML file that says what the loop is made of.", valueName: "file"))
  var project: String

  @Option(
    help: ArgumentHelp(
      "Stop after this stage: data, reward, training, gate or candidate, which is the last one.",
      valueName: "stage"))
  var stage: LoopStage?

  @Flag(help: "Begin a new turn, whatever the last one has come to.")
  var newTurn = false

  @Flag(help: "Do stages of the last turn again whose inputs have changed, and those after them.")
  var overwrite = false

  @Flag(help: "Show how far the last turn is, and do nothing.")
  var status = false

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    if newTurn, overwrite {
      throw ValidationError(
        "'--overwrite' is about the last turn and '--new-turn' begins another one; give one of them."
      )
    }
    if status, newTurn || overwrite || stage != nil {
      throw ValidationError(
        "'--status' does nothing; leave '--new-turn', '--overwrite' and '--stage' out.")
    }
  }

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let content = try YAMLDocument(contentsOf: project).decode(LoopProject.self)
    let loop = Loop(content, environment: Self.environment(environment))
    if status {
      try show(try loop.lastTurn(), out: content.out)
      return
    }
    let view = StageView(environment: environment)
    Interruption.listen()
    let turn: LoopTurn
    do {
      turn = try await loop.run(through: stage ?? .candidate, isNew: newTurn, redoes: overwrite) {
        event in
        view.show(event)
        return Interruption.requested == nil ? .proceed : .stop
      }
    } catch {
      view.clear()
      throw Self.failure(for: error)
    }
    StandardStream.error.writeLine("")
    try show(turn, out: content.out)
    if turn.passed == false { throw ExitCode(ExitStatus.checkFailed.rawValue) }
  }

  private func show(_ turn: LoopTurn?, out: String) throws {
    guard let turn else {
      StandardStream.output.writeLine("\(out): no turn was begun")
      if json { StandardStream.output.writeLine("null") }
      return
    }
    StandardStream.output.writeLine(turn.rendered())
    if json { StandardStream.output.writeLine(try JSONLine.text(of: turn)) }
  }

  /// What a loop needs of this program.
  private static func environment(_ variables: [String: String]) -> LoopEnvironment {
    LoopEnvironment(
      footer: "attune \(Attune.version) loop",
      referenceCache: "\(CacheFolder(environment: variables).path)/reference",
      availableMemory: Machine().availableMemory, now: { Date() },
      origin: SmallWorldFlags.origin, rewards: { try $0.rewards() },
      planText: { try yamlText(of: $0) })
  }

  /// An error with the exit status that goes with it.
  private static func failure(for error: any Error) -> any Error {
    if let signal = Interruption.requested {
      return Failure(signal.exitStatus, String(describing: error))
    }
    return PipelineFailure.failure(for: error)
  }
}

extension LoopStage: ExpressibleByArgument {}
