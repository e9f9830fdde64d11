// swift-tools-version: 6.2
import PackageDescription

// LibTorch is found, or installed, by scripts/libtorch, which leaves a link to it in .libtorch/torch.
let libtorch = Context.environment["LIBTORCH"] ?? "\(Context.packageDirectory)/.libtorch/torch"
// The kernels are compiled for several instruction sets; those for AVX-512 are to use all of it.
#if arch(x86_64)
  let wideVectors = ["-mprefer-vector-width=512"]
#else
  let wideVectors: [String] = []
#endif
let withLibTorch: BuildSettingCondition = .when(traits: ["LibTorch"])

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies,
    exclude: fixtures.contains(name) ? ["Fixtures"] : [], swiftSettings: settings)
}

// Recorded by scripts/record; tests find them beside their own source file.
let fixtures: Set = [
  "Evaluations", "LanguageModels", "Objectives", "PreferenceData", "RunRecords", "Sampling",
  "Tokenization",
  "Trainers",
]

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

// Arrows point down: a target may depend on what stands above it here, never on what stands below.
let package = Package(
  name: "attune",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "attune", targets: ["attune"]),
    .library(name: "Objectives", targets: ["Objectives"]),
    .library(name: "PreferenceData", targets: ["PreferenceData"]),
    .library(name: "Evaluations", targets: ["Evaluations"]),
    .library(name: "Annotation", targets: ["AnnotationStore", "AnnotationServer", "WebSupport"]),
    .library(
      name: "Attune",
      targets: [
        "TorchEngine", "Tokenization", "LanguageModels", "Sampling", "Rewards", "Sandbox",
        "Oversight", "TrainingConfiguration", "Trainers", "Reports", "Pipelines",
      ]),
    .library(name: "Serving", targets: ["Monitoring", "ModelServer", "Studio", "WebSupport"]),
  ],
  traits: [
    .trait(name: "LibTorch", description: "The tensor engine, and all that needs it."),
    .default(enabledTraits: ["LibTorch"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1",
      traits: ["FullFoundation"]),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Layer 0
    library("Objectives"),
    library("RunRecords"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "CTorch",
      cxxSettings: [
        .define("ATTUNE_LIBTORCH", withLibTorch),
        .unsafeFlags(
          [
            "-w", "-I\(libtorch)/include", "-I\(libtorch)/include/torch/csrc/api/include",
          ] + wideVectors, withLibTorch),
      ],
      linkerSettings: [
        .unsafeFlags(["-L\(libtorch)/lib", "-Xlinker", "-rpath=\(libtorch)/lib"], withLibTorch),
        .linkedLibrary("torch", withLibTorch),
        .linkedLibrary("torch_cpu", withLibTorch),
        .linkedLibrary("c10", withLibTorch),
      ]),

    // Layer 1
    library("PreferenceData", ["CZlib"]),
    library("TrainingConfiguration", ["Objectives"]),
    library("TorchEngine", ["CTorch", "RunRecords"]),

    // Layer 2
    library("Evaluations", ["Objectives", "PreferenceData"]),
    library("Sandbox", ["Objectives", "PreferenceData"]),
    library("Tokenization", ["PreferenceData"]),
    library(
      "Endpoints",
      [
        "Objectives", "PreferenceData", "RunRecords",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    library(
      "WebSupport",
      [
        "PreferenceData", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]),

    // Layer 3
    library("Reports", ["Evaluations", "PreferenceData"]),
    library("Monitoring", ["Evaluations", "PreferenceData", "RunRecords"]),
    library(
      "Oversight", ["Evaluations", "Objectives", "PreferenceData"],
      // In the program itself, which so needs no files beside it.
      resources: [.embedInCode("Resources/challenges.jsonl")]),
    library(
      "AnnotationStore",
      [
        "Evaluations", "PreferenceData", grdb, .product(name: "Crypto", package: "swift-crypto"),
      ]),
    library("LanguageModels", ["PreferenceData", "RunRecords", "Tokenization", "TorchEngine"]),
    library(
      "Rewards",
      [
        "Endpoints", "Evaluations", "PreferenceData", "Sandbox", "Tokenization",
        "TrainingConfiguration",
      ]),

    // Layer 4
    library("Sampling", ["LanguageModels", "PreferenceData", "Tokenization", "TorchEngine"]),

    // Layer 5
    library(
      "Trainers",
      [
        "Evaluations", "LanguageModels", "Objectives", "Oversight", "PreferenceData", "Rewards",
        "RunRecords", "Sampling", "Tokenization", "TorchEngine", "TrainingConfiguration",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),

    // Layer 6
    library("ConfigurationFiles", ["TrainingConfiguration", yams]),
    library(
      "Pipelines",
      [
        "AnnotationStore", "Endpoints", "Evaluations", "LanguageModels", "Monitoring", "Oversight",
        "PreferenceData", "Reports", "Rewards", "RunRecords", "Sampling", "Sandbox", "Tokenization",
        "TorchEngine", "Trainers", "TrainingConfiguration",
      ]),

    // Layer 7
    library(
      "AnnotationServer",
      [
        "AnnotationStore", "Evaluations", "PreferenceData", "Reports", "WebSupport",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    library(
      "ModelServer",
      [
        "AnnotationStore", "Endpoints", "LanguageModels", "Monitoring", "Oversight", "Pipelines",
        "PreferenceData", "Reports", "RunRecords", "Sampling", "Tokenization", "TorchEngine",
        "Trainers", "WebSupport", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    library(
      "Studio",
      [
        "Evaluations", "LanguageModels", "Objectives", "Pipelines", "PreferenceData", "Reports",
        "Rewards", "RunRecords", "Sampling", "Sandbox", "Tokenization", "TorchEngine", "Trainers",
        "TrainingConfiguration", "WebSupport",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),

    // Layer 8
    library(
      "AttuneCommands",
      [
        "AnnotationServer", "AnnotationStore", "ConfigurationFiles", "Endpoints", "Evaluations",
        "LanguageModels", "ModelServer", "Monitoring", "Objectives", "Oversight", "Pipelines",
        "PreferenceData", "Reports", "Rewards", "RunRecords", "Sampling", "Sandbox", "Studio",
        "Tokenization", "TorchEngine", "Trainers", "TrainingConfiguration", "WebSupport",
        argumentParser, .product(name: "Logging", package: "swift-log"),
      ]),
    .executableTarget(
      name: "attune", dependencies: ["AttuneCommands"], swiftSettings: settings),

    tests("Objectives"),
    tests("RunRecords"),
    tests("PreferenceData"),
    tests("TrainingConfiguration", ["Objectives"]),
    tests("TorchEngine", ["Objectives"]),
    tests("Evaluations", ["Objectives", "PreferenceData"]),
    tests("Sandbox", ["Objectives", "PreferenceData"]),
    tests("Tokenization", ["PreferenceData"]),
    tests("Endpoints", ["PreferenceData", "RunRecords"]),
    tests(
      "WebSupport",
      [
        "PreferenceData", .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    tests(
      "Rewards",
      [
        "ConfigurationFiles", "Endpoints", "Evaluations", "PreferenceData", "Sandbox",
        "Tokenization",
      ]),
    tests("LanguageModels", ["PreferenceData", "Tokenization", "TorchEngine"]),
    tests(
      "Sampling", ["LanguageModels", "PreferenceData", "Tokenization", "TorchEngine"]),
    tests(
      "Trainers",
      [
        "ConfigurationFiles", "Evaluations", "LanguageModels", "Objectives", "Oversight",
        "PreferenceData", "Rewards", "RunRecords", "Sampling", "Tokenization", "TorchEngine",
        "TrainingConfiguration",
      ]),
    tests("Reports", ["Evaluations", "PreferenceData"]),
    tests("Monitoring", ["Evaluations", "PreferenceData"]),
    tests("Oversight", ["Evaluations", "PreferenceData"]),
    tests("AnnotationStore", ["Evaluations", "PreferenceData", grdb]),
    tests(
      "AnnotationServer",
      [
        "AnnotationStore", "PreferenceData", "Reports", "WebSupport",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ]),
    tests(
      "Pipelines",
      [
        "AnnotationStore", "ConfigurationFiles", "Evaluations", "LanguageModels", "Monitoring",
        "Oversight", "PreferenceData", "Reports", "RunRecords", "Sampling", "Sandbox",
        "Tokenization", "Trainers",
      ]),
    tests(
      "ModelServer",
      [
        "AnnotationStore", "LanguageModels", "Monitoring", "Oversight", "Pipelines",
        "PreferenceData", "Sampling", "Tokenization", "WebSupport",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    tests(
      "Studio",
      [
        "Pipelines", "PreferenceData", "Reports", "Sampling", "Sandbox", "WebSupport",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ]),
    tests("ConfigurationFiles", ["TrainingConfiguration", yams]),
    tests(
      "AttuneCommands",
      [
        "AnnotationStore", "ConfigurationFiles", "Endpoints", "LanguageModels", "ModelServer",
        "Monitoring", "Oversight", "Pipelines", "PreferenceData", "Rewards", "RunRecords",
        "Sandbox", "Tokenization", "TorchEngine", "Trainers", "TrainingConfiguration",
        argumentParser,
      ]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx20
)
