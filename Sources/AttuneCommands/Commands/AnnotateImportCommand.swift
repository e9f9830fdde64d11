import AnnotationStore
import ArgumentParser
import Foundation
import PreferenceData
import Sampling

/// `attune annotate import`: tasks for a project.
struct AnnotateImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Add tasks to a project, from a file or from models.",
    discussion: """
      --data: rows with prompt and responses (a list), response_A and response_B, or chosen and rejected. \
      Further fields: models, task (a name), stratum (a kind of task, of which there should be some of each at \
      any time), gold (the letter of the right answer, or tie, for tasks that show how good somebody is).

      --prompts with --model, given twice or more: each model answers each prompt. One model may \
      answer at several temperatures instead, or each at its own, so that there is something to tell apart.

      The same tasks again change nothing.
      """)

  @OptionGroup var project: ProjectArgument

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Files of prompts with responses.", valueName: "file"))
  var data: [String] = []

  @Option(help: ArgumentHelp("A file of prompts for models to answer.", valueName: "file"))
  var prompts: String?

  @Option(
    help: ArgumentHelp(
      "A model that answers them; may be given again.", valueName: "directory"))
  var model: [String] = []

  @Option(
    help: ArgumentHelp(
      "Temperatures of the responses, with commas between them: one for all, or one each.",
      valueName: "numbers"))
  var temperature = "1"

  @Option(help: ArgumentHelp("Tokens of a response at most.", valueName: "tokens"))
  var maxNewTokens = 256

  @Option(help: ArgumentHelp("The same seed gives the same responses.", valueName: "number"))
  var seed: UInt64 = 0

  func validate() throws {
    guard data.isEmpty != (prompts == nil) else {
      throw ValidationError("Give '--data', or '--prompts' with '--model', and not both.")
    }
    guard (prompts == nil) == model.isEmpty else {
      throw ValidationError("'--prompts' and '--model' go together.")
    }
    guard maxNewTokens >= 1 else {
      throw ValidationError("'--max-new-tokens' is \(maxNewTokens), but must be at least 1.")
    }
    let temperatures = try temperatures()
    if prompts != nil, max(temperatures.count, model.count) < 2 {
      throw ValidationError(
        "One response cannot be compared: give '--model' again, or two temperatures.")
    }
    if temperatures.count > 1, model.count > 1, temperatures.count != model.count {
      throw ValidationError(
        "'--temperature' has \(temperatures.count) numbers for \(model.count) models; give one, or one each."
      )
    }
  }

  private func temperatures() throws -> [Double] {
    try temperature.split(separator: ",").map { text in
      guard let value = Double(text), value > 0, value.isFinite else {
        throw ValidationError("'--temperature' has '\(text)', but needs numbers above 0.")
      }
      return value
    }
  }

  func run() throws {
    let project = try project.open()
    let tasks =
      try prompts.map(generated)
      ?? data.flatMap { path in
        try Failure.reporting(as: .data) { try ResponseSet.read(path).map(NewTask.init) }
      }
    let outcome = try Failure.reporting(as: .data) { try project.add(tasks, now: Date()) }
    StandardStream.output.writeLine(
      "\(NumberText.grouped(outcome.added)) tasks are new"
        + (outcome.gold > 0 ? ", of which \(outcome.gold) have known answers" : "")
        + (outcome.known > 0
          ? "; \(NumberText.grouped(outcome.known)) were in the project already" : ""))
  }

  /// Lets models answer prompts.
  private func generated(from file: String) throws -> [NewTask] {
    let temperatures = try temperatures()
    let count = max(temperatures.count, model.count)
    var tasks: [NewTask] = []
    for index in 0..<count {
      let directory = model[min(index, model.count - 1)]
      let temperature = temperatures[min(index, temperatures.count - 1)]
      let source = try SamplingSource(
        model: directory, batchSize: 16,
        SamplingParameters(
          choice: .temperature(temperature), maxNewTokens: maxNewTokens, seed: seed &+ UInt64(index)
        ))
      let prompts = try source.prompts(in: file)
      if tasks.isEmpty {
        tasks = prompts.map { NewTask(prompt: .text($0.text), responses: []) }
      }
      StandardStream.error.writeLine(
        "attune: \(directory) answers \(prompts.count) prompts at temperature \(NumberText.significant(temperature, digits: 2))"
      )
      let completions = try source.sampler().completions(of: prompts.map(\.text))
      for (place, completion) in completions.enumerated() {
        tasks[place].responses.append(
          .init(
            .text(completion[0].text),
            model: temperatures.count > 1
              ? "\(directory) at \(NumberText.significant(temperature, digits: 2))" : directory))
      }
    }
    // What all models answer alike, or not at all, tells nothing.
    let useful = tasks.filter { task in
      Set(task.responses.map(\.text)).count > 1 && !task.responses.contains { $0.text.isBlank }
    }
    if useful.count < tasks.count {
      StandardStream.error.writeLine(
        "attune: \(tasks.count - useful.count) prompts are left out, as their responses are equal or one is empty"
      )
    }
    return useful
  }
}

extension NewTask {
  /// A task of a row.
  init(_ set: ResponseSet) {
    self.init(
      prompt: set.prompt,
      responses: zip(set.responses, set.models).map { .init($0, model: $1) })
    name = set.name
    stratum = set.stratum ?? ""
    switch set.gold {
    case .best(let place):
      let ranks = set.responses.indices.map { $0 == place ? 1 : 2 }
      gold = set.responses.count == 2 ? .prefers(place, strength: 1) : .ranking(ranks)
    case .tie: gold = .tie
    case nil: break
    }
  }
}
