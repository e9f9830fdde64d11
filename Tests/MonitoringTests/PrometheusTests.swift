import Foundation
import Monitoring
import Testing

@Suite("Prometheus")
struct PrometheusTests {
  private let counter = ServerMetricName(
    "some_things_total", .counter, "Things \"so\\far\"\nand more.", labels: ["kind", "arm"])

  // By the description of the format: in help \ and line feed, in labels \, line feed and ".
  @Test("help and labels are escaped")
  func escaping() throws {
    var text = PrometheusText()
    text.begin(counter)
    text.add(3, ["a\\b\"c\nd", "é{}=,"])
    #expect(
      text.text == #"# HELP some_things_total Things "so\\far"\nand more."# + "\n"
        + "# TYPE some_things_total counter\n"
        + #"some_things_total{kind="a\\b\"c\nd",arm="é{}=,"} 3"# + "\n")
    let parsed = try ExpositionParser(text.text)
    #expect(parsed.value("some_things_total", ["kind": "a\\b\"c\nd", "arm": "é{}=,"]) == 3)
    #expect(parsed.help["some_things_total"] == counter.help)
    // A carriage return before the line feed makes one character of them.
    var returns = PrometheusText()
    returns.begin(counter)
    returns.add(1, ["a\r\nb", ""])
    #expect(returns.text.contains("kind=\"a\r\\nb\",arm=\"\"} 1\n"))
  }

  @Test("numbers as Go reads them")
  func numbers() {
    let gauge = ServerMetricName("some", .gauge, "Some.")
    func line(_ value: Double) -> Substring? {
      var text = PrometheusText()
      text.begin(gauge)
      text.add(value)
      return text.text.split(separator: "\n").last
    }
    #expect(line(.nan) == "some NaN" && line(.infinity) == "some +Inf")
    #expect(line(-.infinity) == "some -Inf" && line(0) == "some 0" && line(-2.5) == "some -2.5")
    #expect(line(1e-9) == "some 1e-09" && line(1e300) == "some 1e+300")
    #expect(line(67_108_864) == "some 67108864")
  }

  @Test("buckets are cumulative, and end in +Inf")
  func histogram() throws {
    let registry = MetricsRegistry()
    let bounds = ServerMetricName(
      "some_seconds", .histogram(bounds: [0.1, 1, 5]), "Some.", labels: ["stage"])
    let histogram = registry.histogram(bounds, ["stage": "prompt"])
    // A value at a bound belongs below it: le is "less or equal".
    for value in [0.05, 0.1, 0.5, 1, 7, 100] { histogram.observe(value) }
    let parsed = try ExpositionParser(registry.text)
    func bucket(_ bound: String) -> Double? {
      parsed.value("some_seconds_bucket", ["stage": "prompt", "le": bound])
    }
    #expect(bucket("0.1") == 2 && bucket("1") == 4 && bucket("5") == 4 && bucket("+Inf") == 6)
    #expect(parsed.value("some_seconds_count", ["stage": "prompt"]) == 6)
    #expect(abs((parsed.value("some_seconds_sum", ["stage": "prompt"]) ?? 0) - 108.65) < 1e-9)
    #expect(parsed.types["some_seconds"] == "histogram")
  }

  @Test("everything in the table is written, and reads back with its type and help")
  func table() throws {
    let registry = MetricsRegistry()
    for name in ServerMetricName.all {
      let labels = Dictionary(uniqueKeysWithValues: name.labels.map { ($0, "\($0) \"1\"\\") })
      switch name.kind {
      case .counter: registry.counter(name, labels).increment(by: 2)
      case .gauge: registry.gauge(name, labels).set(to: -0.5)
      case .histogram: registry.histogram(name, labels).observe(0.3)
      }
    }
    let parsed = try ExpositionParser(registry.text)
    for name in ServerMetricName.all {
      let labels = Dictionary(uniqueKeysWithValues: name.labels.map { ($0, "\($0) \"1\"\\") })
      #expect(parsed.help[name.name] == name.help)
      switch name.kind {
      case .counter:
        #expect(parsed.types[name.name] == "counter" && parsed.value(name.name, labels) == 2)
      case .gauge:
        #expect(parsed.types[name.name] == "gauge" && parsed.value(name.name, labels) == -0.5)
      case .histogram(let bounds):
        #expect(parsed.types[name.name] == "histogram")
        let buckets = parsed.samples.filter { $0.name == name.name + "_bucket" }
        #expect(buckets.count == bounds.count + 1)
        #expect(zip(buckets, buckets.dropFirst()).allSatisfy { $0.value <= $1.value })
        #expect(buckets.last?.labels["le"] == "+Inf" && buckets.last?.value == 1)
      }
    }
    #expect(Set(ServerMetricName.all.map(\.name)).count == ServerMetricName.all.count)
  }

  @Test("the names that dashboards know are there")
  func names() {
    let names = Set(ServerMetricName.all.map(\.name))
    let known = [
      "num_requests_running", "num_requests_waiting", "kv_cache_usage_perc", "prompt_tokens_total",
      "generation_tokens_total", "request_success_total", "time_to_first_token_seconds",
      "inter_token_latency_seconds", "e2e_request_latency_seconds", "request_queue_time_seconds",
    ].map { "vllm:\($0)" }
    let conventions = [
      "gen_ai_client_token_usage", "gen_ai_server_request_duration_seconds",
      "gen_ai_server_time_to_first_token_seconds", "gen_ai_server_time_per_output_token_seconds",
    ]
    #expect(names.isSuperset(of: known) && names.isSuperset(of: conventions))
    #expect(
      ServerMetricName.tokenUsage.kind
        == .histogram(
          bounds: [
            1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1_048_576, 4_194_304, 16_777_216,
            67_108_864,
          ]))
  }

  @Test("names that do not say what they are stop the program")
  func conventions() async {
    await #expect(processExitsWith: .failure) {
      _ = ServerMetricName("things", .counter, "A counter without _total.")
    }
    await #expect(processExitsWith: .failure) {
      _ = ServerMetricName("things_total", .gauge, "A gauge with _total.")
    }
    await #expect(processExitsWith: .failure) {
      _ = ServerMetricName("some_latency", .histogram(bounds: [1]), "Times without a unit.")
    }
    await #expect(processExitsWith: .failure) {
      _ = ServerMetricName("some_seconds", .histogram(bounds: [2, 1]), "Bounds that fall.")
    }
    await #expect(processExitsWith: .failure) {
      _ = ServerMetricName("9_total", .counter, "A digit first.")
    }
    await #expect(processExitsWith: .failure) {
      _ = ServerMetricName("some", .gauge, "A reserved label.", labels: ["le"])
    }
    await #expect(processExitsWith: .failure) {
      MetricsRegistry().counter(.canaryRequests, ["leg": "control"]).increment()
    }
    await #expect(processExitsWith: .failure) {
      MetricsRegistry().counter(.canaryRequests, ["arm": "control"]).increment(by: -1)
    }
  }

  @Test("the same labels are the same series, from all threads, and nothing is lost")
  func threads() async throws {
    let registry = MetricsRegistry()
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          let arm = task.isMultiple(of: 2) ? "control" : "candidate"
          let counter = registry.counter(.canaryRequests, ["arm": arm])
          for step in 0..<2000 {
            counter.increment()
            registry.gauge(.canaryShare).add(1)
            registry.histogram(.safetyTime, ["stage": "answer"]).observe(Double(step % 2))
          }
        }
      }
    }
    let parsed = try ExpositionParser(registry.text)
    #expect(parsed.value("attune_canary_requests_total", ["arm": "control"]) == 8000)
    #expect(parsed.value("attune_canary_requests_total", ["arm": "candidate"]) == 8000)
    #expect(parsed.value("attune_canary_share") == 16000)
    #expect(parsed.value("attune_safety_filter_seconds_count", ["stage": "answer"]) == 16000)
    #expect(parsed.value("attune_safety_filter_seconds_sum", ["stage": "answer"]) == 8000)
  }

  @Test("beyond the limit, further labels are other")
  func limit() throws {
    let registry = MetricsRegistry(seriesLimit: 3)
    for place in 0..<50 {
      registry.counter(.canaryDecisions, ["phase": "\(place)"]).increment()
    }
    registry.counter(.canaryDecisions, ["phase": "1"]).increment()
    let parsed = try ExpositionParser(registry.text)
    let values = parsed.samples.filter { $0.name == "attune_canary_decisions_total" }
    #expect(values.count == 4 && values.reduce(0) { $0 + $1.value } == 51)
    #expect(parsed.value("attune_canary_decisions_total", ["phase": "other"]) == 47)
    #expect(parsed.value("attune_canary_decisions_total", ["phase": "1"]) == 2)
  }

  @Test("before anything has happened, what has no labels is 0")
  func empty() throws {
    let parsed = try ExpositionParser(MetricsRegistry().text)
    #expect(parsed.samples == [.init(name: "attune_canary_share", labels: [:], value: 0)])
  }
}
