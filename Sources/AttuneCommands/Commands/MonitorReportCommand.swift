import ArgumentParser
import Foundation
import LanguageModels
import Monitoring
import Pipelines
import PreferenceData
import Reports
import RunRecords
import Sampling

/// `attune monitor report`: a window of logged responses against a baseline.
struct MonitorReportCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Compare logged responses with a baseline: what has drifted, and since when.",
    discussion: """
      A log has an object a line: prompt and completion, and what else is known, such as id, time, reward, rewards, \
      safety, stance, harmful_prompt, feedback. What attune generate --prompts writes is a log too.

      What users ask and what the model does are tested apart: topics are learned from the baseline's questions, and \
      answers are compared with those to questions of the same topic. Tests count different questions, and need \
      20 of them on either side. With --reward, --classifier and --model, models \
      say what the log does not: rewards and how far an ensemble is at one, harm and whether it depends on groups, hidden \
      states. With --canary-prompts (rows with a prompt and the baseline's completion), the model answers them, drawn \
      by --temperature or --greedy, and the reward model judges. With --feedback, what users have said since is looked \
      up by the ids of the log.

      Ends with 2 where behaviour has drifted or an alert rule fires.
      """)

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Logs of the baseline: .jsonl, perhaps with .gz.", valueName: "file"))
  var baseline: [String]

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Logs of the responses that are compared.", valueName: "file"))
  var current: [String]

  @Option(
    help: ArgumentHelp(
      "A model whose hidden states are compared, and that answers --canary-prompts.",
      valueName: "directory"))
  var model: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Reward models; several are one ensemble.", valueName: "directory"))
  var reward: [String] = []

  @OptionGroup var harm: HarmFlags

  @Option(
    help: ArgumentHelp(
      "Prompts with the baseline's completions, which the model answers; with --model and --reward.",
      valueName: "file"))
  var canaryPrompts: String?

  @OptionGroup var drawing: DrawingFlags

  @OptionGroup var feedback: FeedbackFlags

  @Option(help: ArgumentHelp("Alert rules as YAML.", valueName: "file.yaml"))
  var rules: String?

  @OptionGroup var settings: DriftFlags

  @Option(
    help: ArgumentHelp("The page to write; one that is there is replaced.", valueName: "file.html"))
  var out: String

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    if !out.lowercased().hasSuffix(".html") {
      throw ValidationError("'--out' is '\(out)', but the page's name must end in .html")
    }
    if canaryPrompts != nil, model == nil || reward.isEmpty {
      throw ValidationError(
        "'--canary-prompts' needs '--model', which answers, and '--reward', which judges")
    }
    if canaryPrompts == nil, drawing.greedy || drawing.temperature != nil {
      let option = drawing.greedy ? "--greedy" : "--temperature"
      throw ValidationError("'\(option)' is about '--canary-prompts'")
    }
  }

  func run() async throws {
    let watch = try rules.map { try AlertWatch(file: $0) }
    var (before, now) = try (ObservedResponse.read(baseline), ObservedResponse.read(current))
    let fixed = try canaryPrompts.map { try ObservedResponse.read([$0]) }
    let stores = try feedback.open()
    let notes = try [
      stores.add(to: &before, of: "the baseline"), stores.add(to: &now, of: "the window"),
    ].compactMap(\.self)
    do {
      let view = EvaluationView()
      var enrichment = ResponseEnrichment()
      enrichment.rewardModels = reward
      enrichment.harm = try harm.scoring()
      try await enrichment(&before) { try view.show($0) }
      try await enrichment(&now) { try view.show($0) }
      let measurer = ResponseMeasurer(comparing: before, with: now)
      var (first, second) = (measurer(before), measurer(now))
      if let model {
        let encoder = try HiddenStateEncoder(directory: model)
        try first.addHiddenStates(by: encoder) { try view.show($0) }
        try second.addHiddenStates(by: encoder) { try view.show($0) }
      }
      var wins: CanaryWins?
      if let fixed, let model {
        wins = try await CanaryComparison(fixed, rewardModels: reward)(completer(of: model)) {
          try view.show($0)
        }
      }
      view.finish()
      let frozen = AlignmentBaseline(
        measured: first, measurer: measurer, settings: settings.settings)
      let window = frozen.placed(second)
      let report = try DriftAnalysis(frozen)(window, canary: wins, notes: notes)
      var holder = LiveWindow(baseline: frozen, capacity: max(1, now.count))
      for response in now { holder.add(response) }
      let readings = holder.readings(with: report).withDrifts(of: report)
      let alerts = watch?.fired(readings, at: Date()) ?? []
      let result = MonitorResult(
        baseline: baseline.joined(separator: ", "), current: current.joined(separator: ", "),
        report: report, canary: wins, alerts: alerts)
      try AtomicFile.write(
        MonitorPage(result).page(footer: "attune \(Attune.version) monitor report").rendered(),
        to: out)
      StandardStream.output.writeLine(result.rendered())
      for note in notes { view.note(note) }
      for rule in watch?.rules ?? [] where readings[rule.metric] == nil {
        view.note(rule.isUnread)
      }
      for alert in alerts { view.note("\(alert)") }
      view.note("the page is in \(out)")
      if json { StandardStream.output.writeLine(try JSONLine.text(of: result)) }
      if !result.passes { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    } catch let error as PipelineError {
      try PipelineFailure.reporting { throw error }
    }
  }

  private func completer(of model: String) throws -> any Completer {
    let source = try SamplingSource(
      model: model, batchSize: 64, drawing.parameters(seed: settings.seed))
    return ModelCompleter(source.sampler(of: try CausalLanguageModel(directory: model)))
  }
}

extension AlertWatch {
  /// The rules that are wrong at one moment; how long they have been so is not known, and does not count.
  fileprivate func fired(_ readings: [String: AlertReading], at time: Date) -> [Alert] {
    rules.compactMap { rule in
      var rule = rule
      rule.holdSeconds = 0
      var state = AlertState()
      return readings[rule.metric].flatMap { state.observe($0, by: rule, at: time) }
    }
  }
}
