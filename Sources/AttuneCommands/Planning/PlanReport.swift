import LanguageModels
import PreferenceData
import Trainers
import TrainingConfiguration

/// A plan beside the machine it would run on: what `attune plan` shows.
struct PlanReport<Plan: OfflinePlan> {
  private let plan: Plan
  /// What a step is made of, in the plural: `pairs`.
  private let unit: String
  private let cost: RunCost
  private let memory: MemoryEstimate
  private let machine: Machine
  /// Floating-point operations a second that large products reach.
  private let rate: Double

  /// The share of ``rate`` that training reaches: products of narrow models are slower, and between
  /// them memory is moved. Seen with DPO on two cores: 0.40 with a width of 256, 0.48 with 576.
  private var efficiency: Double { 0.45 }

  /// Counts what a plan takes.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - unit: What a step is made of, in the plural: `pairs`.
  ///   - machine: The machine.
  ///   - rate: Floating-point operations a second that large products reach.
  init(_ plan: Plan, unit: String, machine: Machine, rate: Double) {
    self.plan = plan
    self.unit = unit
    self.machine = machine
    self.rate = rate
    cost = plan.cost
    memory = plan.memory
  }

  /// The time of the whole run in seconds.
  private var seconds: Double { cost.operations / (rate * efficiency) }

  /// The report as text for a person, without a line feed at the end.
  func rendered() -> String {
    let data = plan.data
    let batches = plan.configuration.batches
    var facts = FactList()
    facts.add(
      "model",
      "\(plan.configuration.model.map { "\($0), " } ?? "")"
        + "\(NumberText.grouped(plan.parameterCount)) weights")
    let held =
      data.heldOut == 0 ? "" : ", \(NumberText.grouped(data.heldOut)) held out"
    let dropped =
      data.dropped.total == 0 ? "" : ", \(NumberText.grouped(data.dropped.total)) rows left out"
    facts.add(unit, "\(NumberText.grouped(data.training))\(held)\(dropped)")
    if data.longestSequence > 0 {
      facts.add("longest", "\(NumberText.grouped(data.longestSequence)) tokens")
    }
    facts.add(
      "steps",
      "\(NumberText.grouped(cost.steps)) of \(batches.itemsPerStep) \(unit): "
        + "\(NumberText.fixed(plan.order.epoch(after: cost.steps), decimals: 2)) epochs")
    for (name, value) in passes { facts.add(name, value) }
    let verdict = memory.total > machine.availableMemory ? ": too little" : ""
    facts.add(
      "memory",
      "about \(NumberText.bytes(memory.total)) of "
        + "\(NumberText.bytes(machine.availableMemory)) available\(verdict)")
    for (name, bytes) in parts { facts.add("  \(name)", NumberText.bytes(bytes)) }
    facts.add(
      "time",
      "about \(NumberText.clock(.seconds(seconds))), \(NumberText.significant(cost.operations / 1e12, digits: 3)) TFLOP at "
        + "\(NumberText.fixed(rate * efficiency / 1e9, decimals: 0)) GFLOP/s")
    return facts.rendered()
  }

  /// What the model is given, and how.
  private var passes: [(String, String)] {
    var lines: [(String, String)] = []
    if cost.tokens > 0 {
      let shared = 1 - Double(cost.packedTokens) / Double(cost.tokens)
      lines.append(
        (
          "tokens",
          "\(NumberText.grouped(cost.tokens)), of which "
            + "\(NumberText.fixed(100 * shared, decimals: 0)) % are shared and computed once"
        ))
    }
    if cost.referenceItems > 0 {
      lines.append(
        (
          "reference", "\(NumberText.grouped(cost.referenceItems)) \(unit), unless they are cached"
        ))
    }
    if cost.encodedItems > 0 {
      lines.append(
        (
          "backbone",
          "stays as it is: \(NumberText.grouped(cost.encodedItems)) \(unit) go through it once"
        ))
    } else if memory.largestMicrobatch > 0 {
      lines.append(
        (
          "micro-batch", "up to \(NumberText.grouped(memory.largestMicrobatch)) packed tokens"
        ))
    }
    return lines
  }

  private var parts: [(String, Int)] {
    [
      ("weights", memory.weights), ("gradients", memory.gradients), ("moments", memory.moments),
      ("graph", memory.graph), ("vocabulary", memory.vocabulary), ("buffers", memory.buffers),
      ("program", memory.program),
    ]
  }

  /// The report for programs.
  var json: JSONReport {
    var report = JSONReport()
    report.add("parameters", plan.parameterCount)
    report.add(unit, plan.data.training)
    report.add("held_out", plan.data.heldOut)
    report.add("dropped", plan.data.dropped.total)
    report.add("longest", plan.data.longestSequence)
    report.add("steps", cost.steps)
    report.add("epochs", plan.order.epoch(after: cost.steps))
    report.add("tokens", cost.tokens)
    report.add("packed_tokens", cost.packedTokens)
    report.add("reference_\(unit)", cost.referenceItems)
    report.add("encoded_\(unit)", cost.encodedItems)
    report.add("largest_micro_batch", memory.largestMicrobatch)
    report.add("memory_bytes", memory.total)
    for (name, bytes) in parts { report.add("memory_\(name)_bytes", bytes) }
    report.add("available_memory_bytes", machine.availableMemory)
    report.add("operations", cost.operations)
    report.add("seconds", seconds)
    return report
  }
}
