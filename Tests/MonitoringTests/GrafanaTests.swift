import Foundation
import Monitoring
import Testing

@Suite("Grafana")
struct GrafanaTests {
  private struct Model: Decodable {
    struct Target: Decodable {
      let expr, legendFormat, refId: String
    }
    struct Place: Decodable {
      let h, w, x, y: Int
    }
    struct Panel: Decodable {
      let id: Int
      let type, title: String
      let gridPos: Place
      let targets: [Target]?
    }
    let title, uid: String
    let schemaVersion: Int
    let panels: [Panel]
  }

  private func model() throws -> Model {
    try JSONDecoder().decode(Model.self, from: Data(GrafanaDashboard.server.json.utf8))
  }

  /// The names in an expression: what is no function, no keyword and no label.
  private func metrics(in expression: String) -> [String] {
    let labels = Set(ServerMetricName.all.flatMap(\.labels) + ["le"])
    let words: Set = ["sum", "by", "rate", "scalar", "histogram_quantile", "__rate_interval"]
    return expression.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
      .map(String.init)
      .filter { !words.contains($0) && !labels.contains($0) && $0.contains(where: \.isLetter) }
  }

  @Test("every expression asks for metrics of the table, histograms by their buckets")
  func expressions() throws {
    let known = Set(
      ServerMetricName.all.map {
        if case .histogram = $0.kind { "\($0.name)_bucket" } else { $0.name }
      })
    let targets = try model().panels.flatMap { $0.targets ?? [] }
    #expect(targets.count > 30)
    var asked: Set<String> = []
    for target in targets {
      let names = metrics(in: target.expr)
      #expect(!names.isEmpty && names.allSatisfy(known.contains), "\(target.expr)")
      asked.formUnion(names)
    }
    #expect(asked == known, "not shown: \(known.subtracting(asked))")
  }

  @Test("PromQL")
  func promQL() {
    #expect(
      GrafanaQuery.value(of: .canaryEvidence, by: ["guardrail"]).expression
        == "sum by (guardrail) (attune_canary_log_e_value)")
    #expect(
      GrafanaQuery.rate(of: .promptTokens).expression
        == "sum (rate(vllm:prompt_tokens_total[$__rate_interval]))")
    #expect(
      GrafanaQuery.share(of: .canaryRequests, by: ["arm"]).expression
        == "sum by (arm) (rate(attune_canary_requests_total[$__rate_interval])) / "
        + "scalar(sum(rate(attune_canary_requests_total[$__rate_interval])))")
    #expect(
      GrafanaQuery.quantile(0.95, of: .safetyTime, by: ["stage"]).expression
        == "histogram_quantile(0.95, sum by (le, stage) "
        + "(rate(attune_safety_filter_seconds_bucket[$__rate_interval])))")
  }

  @Test("panels have numbers of their own, and none covers another")
  func layout() throws {
    let model = try model()
    #expect(model.schemaVersion == 39 && model.title == "Attune" && model.uid == "attune")
    #expect(Set(model.panels.map(\.id)).count == model.panels.count)
    var taken: Set<[Int]> = []
    for panel in model.panels {
      let place = panel.gridPos
      #expect(place.x + place.w <= 24)
      for x in place.x..<place.x + place.w {
        for y in place.y..<place.y + place.h {
          #expect(taken.insert([x, y]).inserted, "\(panel.title) covers another")
        }
      }
      #expect((panel.type == "row") == (panel.targets == nil))
      let targets = panel.targets ?? []
      #expect(Set(targets.map(\.refId)).count == targets.count)
      #expect(Set(targets.map(\.legendFormat)).count == targets.count, "\(panel.title)")
    }
  }

  @Test("what a metric cannot be asked for stops the program")
  func misuse() async {
    await #expect(processExitsWith: .failure) {
      _ = GrafanaQuery.rate(of: .canaryShare).expression
    }
    await #expect(processExitsWith: .failure) {
      _ = GrafanaQuery.value(of: .alignment, by: ["arm"]).expression
    }
  }
}
