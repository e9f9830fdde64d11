internal import Monitoring
internal import Sampling
internal import TorchEngine

/// What the engine's thread does: admit, step, deliver, until it is told to stop.
final class EngineLoop {
  /// A sequence of a job that waits for a place.
  private struct Waiting {
    let job: Int
    let place: Int
    let request: SequenceRequest
  }

  /// A job that is not done.
  private struct Job {
    let arm: CanaryArm
    let generation: Generation
    /// Sequences that have not ended.
    var left: Int
  }

  /// Sequences of one model.
  private struct Lane {
    var batch: ContinuousBatch
    var waiting: [Waiting] = []
    /// By their numbers in the batch.
    var running: [Int: (job: Int, place: Int)] = [:]
  }

  /// Tokens of prompts that are taken in between two steps: what a newcomer costs the others.
  private static let promptTokens = 256

  private let models: EngineModels
  private let settings: EngineSettings
  private let inbox: EngineInbox
  private var lanes: [CanaryArm: Lane] = [:]
  private var jobs: [Int: Job] = [:]
  private var groups = 0
  /// Whether nothing can be drawn: there are no jobs, or all of them wait for slow clients.
  private var isIdle = true
  /// Sequences that have left the queue since it was told.
  private var left = 0

  init(_ models: EngineModels, settings: EngineSettings, inbox: EngineInbox) throws {
    (self.models, self.settings, self.inbox) = (models, settings, inbox)
    try Engine.setThreads(settings.threads)
    for arm in models.policies.keys { lanes[arm] = Lane(batch: try batch(of: arm)) }
  }

  func run() {
    while true {
      let content = inbox.take(waiting: isIdle)
      if content.isStopping { return stop(content) }
      for entry in content.entries { enqueue(entry) }
      for number in content.cancelled { cancel(number) }
      for task in content.tasks { task(models) }
      isIdle = true
      for arm in CanaryArm.allCases { advance(arm) }
      tell()
    }
  }

  private func batch(of arm: CanaryArm) throws -> ContinuousBatch {
    guard let policy = models.policies[arm] else { preconditionFailure("no model for \(arm)") }
    return try ContinuousBatch(
      policy.model, tokenizer: policy.tokenizer, ends: policy.ends, slots: settings.slots,
      capacity: settings.context)
  }

  private func enqueue(_ entry: EngineInbox.Entry) {
    let job = entry.job
    jobs[entry.number] = Job(
      arm: job.arm, generation: entry.generation, left: job.sequences.count)
    // Groups of different jobs must not meet.
    let first = groups
    groups += (job.sequences.map(\.group).max() ?? 0) + 1
    for (place, sequence) in job.sequences.enumerated() {
      var request = sequence
      request.group += first
      lanes[job.arm]?.waiting.append(
        Waiting(job: entry.number, place: place, request: request))
    }
  }

  private func cancel(_ number: Int) {
    guard let job = jobs.removeValue(forKey: number), var lane = lanes[job.arm] else { return }
    let before = lane.waiting.count
    lane.waiting.removeAll { $0.job == number }
    left += before - lane.waiting.count
    for (sequence, owner) in lane.running where owner.job == number {
      lane.batch.retire(sequence)
      lane.running[sequence] = nil
    }
    lanes[job.arm] = lane
  }

  /// Admits sequences of an arm, draws a token for each, and hands them over.
  private func advance(_ arm: CanaryArm) {
    // Taken out, so that the batch is changed in place.
    guard var lane = lanes.removeValue(forKey: arm) else { return }
    defer { lanes[arm] = lane }
    let next = lane.waiting.prefix(lane.batch.freeSlots)
    if !next.isEmpty {
      lane.waiting.removeFirst(next.count)
      left += next.count
      let now = ContinuousClock.now
      for (number, sequence) in zip(lane.batch.admit(next.map(\.request)), next) {
        lane.running[number] = (sequence.job, sequence.place)
        jobs[sequence.job]?.generation.begin(at: now)
      }
    }
    let paused = paused(lane)
    guard lane.batch.count > paused.count || !lane.batch.isFilled else { return }
    isIdle = false
    do {
      try deliver(
        try lane.batch.step(promptTokens: Self.promptTokens, paused: paused), &lane)
    } catch {
      fail(arm, &lane, error)
    }
  }

  /// The sequences whose clients do not take what there is.
  private func paused(_ lane: Lane) -> Set<Int> {
    var paused: Set<Int> = []
    for (sequence, owner) in lane.running
    where jobs[owner.job]?.generation.isBehind ?? false {
      paused.insert(sequence)
    }
    return paused
  }

  private func deliver(_ tokens: [SampledToken], _ lane: inout Lane) throws {
    var woken: [Generation] = []
    for token in tokens {
      guard let (number, place) = lane.running[token.sequence], var job = jobs[number] else {
        continue
      }
      var told = token
      told.sequence = place
      job.generation.deliver(told)
      if token.finishReason != nil {
        lane.running[token.sequence] = nil
        job.left -= 1
        jobs[number] = job.left > 0 ? job : nil
      }
      if job.left == 0 { job.generation.end(.success(())) } else { woken.append(job.generation) }
    }
    for generation in woken { generation.wake() }
  }

  /// Ends what an arm has under way, and begins with an empty cache: one failure must not be the server's end.
  private func fail(_ arm: CanaryArm, _ lane: inout Lane, _ error: any Error) {
    for (number, job) in jobs where job.arm == arm {
      job.generation.end(.failure(EngineFailure(reason: "\(error)")))
      jobs[number] = nil
    }
    left += lane.waiting.count
    (lane.waiting, lane.running) = ([], [:])
    if let fresh = try? batch(of: arm) { lane.batch = fresh }
  }

  private func tell() {
    let batches = lanes.values.map(\.batch)
    let room = batches.reduce(0) { $0 + $1.slots * $1.capacity }
    let used = batches.reduce(0) { $0 + $1.cachedTokens }
    inbox.tell(
      running: batches.reduce(0) { $0 + $1.count }, left: left,
      cacheUsage: room > 0 ? Double(used) / Double(room) : 0)
    left = 0
  }

  private func stop(_ content: EngineInbox.Content) {
    for entry in content.entries { entry.generation.end(.failure(EngineRefusal.stopping)) }
    for task in content.tasks { task(models) }
    for job in jobs.values { job.generation.end(.failure(EngineRefusal.stopping)) }
    jobs = [:]
    inbox.tell(running: 0, left: 0, cacheUsage: 0)
  }
}
