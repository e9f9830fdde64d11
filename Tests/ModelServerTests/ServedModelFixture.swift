#if LibTorch
  import AnnotationStore
  import AsyncHTTPClient
  import Foundation
  import HTTPTypes
  import Hummingbird
  import HummingbirdTesting
  import Logging
  import ModelServer
  import Monitoring
  import NIOHTTP1
  import PreferenceData
  import Testing
  import WebSupport

  /// A tiny model with random weights behind the routes, on a port of its own.
  struct ServedModelFixture: Sendable {
    static let directory = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../TrainersTests/Fixtures/dpo/model").standardizedFileURL.path
    static let key = "sk-test-user"
    static let adminKey = "sk-test-admin"

    let client: any TestClientProtocol
    let service: ModelService
    let engine: InferenceEngine
    let folder: String

    struct Options: Sendable {
      var slots = 8
      var maxWaiting = 64
      var policy: SafetyPolicy?
      var checks: [SafetyCheck] = []
      var logger = Logger(label: "test")
      var settings = ServiceSettings(maxTokens: 8)
      var plan: CanaryPlan?
      var keepsAnswers = false
      var scope = FeedbackStore.ScrubbingScope.feedback
      var isOpen = true
      var change: @Sendable (inout KeyRecord) -> Void = { _ in }
    }

    /// Serves for as long as `body` runs.
    static func run(
      _ options: Options = Options(), _ body: @Sendable (ServedModelFixture) async throws -> Void
    ) async throws {
      let folder = FileManager.default.temporaryDirectory
        .appending(component: "attune-tests-\(UUID().uuidString)").path
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let model = try ServedModel(directory: directory, name: "tiny")
      let engine = InferenceEngine(
        EngineSettings(
          slots: options.slots, context: 64, maxWaiting: options.maxWaiting, threads: 1))
      try await engine.start { models in
        try models.load(model, as: .control)
        if options.plan != nil { try models.load(model, as: .candidate) }
      }
      defer { engine.stop() }
      var user = KeyRecord(name: "user", digest: SecretDigest(hashing: key))
      options.change(&user)
      let admin = KeyRecord(
        name: "admin", digest: SecretDigest(hashing: adminKey), role: .admin)
      let metrics = MetricsRegistry()
      let store =
        options.keepsAnswers
        ? try ResponseStore(
          folder, scope: options.scope, logger: Logger(label: "test"), now: Date())
        : nil
      let desk = try options.plan.map {
        try CanaryDesk($0, folder: "\(folder)/canary", registry: metrics) { _ in }
      }
      try desk?.carryOut(.begin, at: Date())
      let service = ModelService(
        engine: engine,
        models: ServedModels(
          control: model, candidate: options.plan == nil ? nil : model, created: 1_700_000_000),
        keys: KeyRing([user, admin]), settings: options.settings,
        filter: options.policy.map { SafetyFilter($0, checks: options.checks) }, desk: desk,
        store: store,
        metrics: metrics, address: ListenAddress(port: 8000), logger: options.logger,
        version: "0")
      if options.isOpen { service.open() }
      try await Application(router: service.router()).test(.live) { client in
        try await body(
          ServedModelFixture(client: client, service: service, engine: engine, folder: folder))
      }
    }

    struct Reply {
      let status: Int
      let headers: HTTPFields
      let text: String

      /// What a server answers, on a connection of the client's choice: these servers close theirs.
      init(
        _ client: any TestClientProtocol, _ method: HTTPRequest.Method, _ path: String,
        _ headers: HTTPFields, _ body: String?
      ) async throws {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(client.port ?? 0)\(path)")
        request.method = .RAW(value: method.rawValue)
        for field in headers { request.headers.add(name: field.name.rawName, value: field.value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await Self.browser.execute(request, timeout: .seconds(60))
        status = Int(response.status.code)
        var headers = HTTPFields()
        for (name, value) in response.headers {
          if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
        }
        self.headers = headers
        text = String(buffer: try await response.body.collect(upTo: 1 << 24))
      }

      /// A client that goes nowhere by itself.
      private static let browser: HTTPClient = {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
      }()

      /// The body as an object.
      func object() throws -> JSONObject {
        guard case .object(let object) = try JSONValue.value(parsing: Array(text.utf8)) else {
          throw RequestProblem.notAnObject("no object: \(text)")
        }
        return object
      }

      /// What the events of a stream say.
      var events: [String] {
        text.components(separatedBy: "\n\n").filter { !$0.isEmpty }.map {
          String($0.dropFirst("data: ".count))
        }
      }
    }

    func send(
      _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil,
      key: String? = ServedModelFixture.key, _ further: HTTPFields = [:]
    ) async throws -> Reply {
      var headers = further
      if let key { headers[.authorization] = "Bearer \(key)" }
      if body != nil { headers[.contentType] = "application/json" }
      return try await Reply(client, method, path, headers, body)
    }

    /// What comes of a stream, piece by piece.
    func pieces(_ fields: String) async throws -> HTTPClientResponse.Body {
      var request = HTTPClientRequest(
        url: "http://127.0.0.1:\(client.port ?? 0)/v1/chat/completions")
      request.method = .POST
      request.headers = [
        "Authorization": "Bearer \(Self.key)", "Content-Type": "application/json",
      ]
      request.body = .bytes(
        ByteBuffer(
          string:
            #"{"model": "tiny", "messages": [{"role": "user", "content": "Why"}], "stream": true, \#(fields)}"#
        ))
      return try await HTTPClient.shared.execute(request, timeout: .seconds(60)).body
    }

    func complete(_ fields: String, key: String? = ServedModelFixture.key) async throws -> Reply {
      try await send(.post, "/v1/completions", #"{"model": "tiny", \#(fields)}"#, key: key)
    }

    func chat(_ fields: String) async throws -> Reply {
      try await send(
        .post, "/v1/chat/completions",
        #"{"model": "tiny", "messages": [{"role": "user", "content": "Why"}], \#(fields)}"#)
    }
  }

  extension HTTPField.Name {
    /// Which arm of a canary has answered, or is to.
    static let armOfTests: HTTPField.Name = {
      guard let name = HTTPField.Name("X-Attune-Arm") else { preconditionFailure("no name") }
      return name
    }()
  }
#endif
