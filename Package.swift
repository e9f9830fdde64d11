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

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
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
    .library(
      name: "Attune",
      targets: [
        "TorchEngine", "Tokenization", "LanguageModels", "Sampling", "Rewards", "Sandbox",
        "TrainingConfiguration", "Trainers", "Reports", "Pipelines",
      ]),
  ],
  traits: [
    .trait(name: "LibTorch", description: "The tensor engine, and all that needs it."),
    .default(enabledTraits: ["LibTorch"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
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
        "PreferenceData", .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),

    // Layer 3
    library("Reports", ["Evaluations", "PreferenceData"]),
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
        "Evaluations", "LanguageModels", "Objectives", "PreferenceData", "Rewards", "RunRecords",
        "Sampling", "Tokenization", "TorchEngine", "TrainingConfiguration",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),

    // Layer 6
    library("ConfigurationFiles", ["TrainingConfiguration", yams]),
    library(
      "Pipelines",
      [
        "Evaluations", "LanguageModels", "PreferenceData", "Reports", "Rewards", "RunRecords",
        "Sampling", "Sandbox", "Tokenization", "TorchEngine", "Trainers", "TrainingConfiguration",
      ]),

    // Layer 8
    library(
      "AttuneCommands",
      [
        "ConfigurationFiles", "Endpoints", "Evaluations", "LanguageModels", "Objectives",
        "Pipelines", "PreferenceData", "Reports", "Rewards", "RunRecords", "Sampling", "Sandbox",
        "Tokenization", "TorchEngine", "Trainers", "TrainingConfiguration", argumentParser,
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
    tests("Endpoints", ["PreferenceData"]),
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
        "ConfigurationFiles", "Evaluations", "LanguageModels", "Objectives", "PreferenceData",
        "Rewards", "RunRecords", "Sampling", "Tokenization", "TorchEngine",
        "TrainingConfiguration",
      ]),
    tests("Reports", ["Evaluations", "PreferenceData"]),
    tests(
      "Pipelines",
      [
        "ConfigurationFiles", "Evaluations", "LanguageModels", "PreferenceData", "Reports",
        "RunRecords", "Sampling", "Sandbox", "Tokenization", "Trainers",
      ]),
    tests("ConfigurationFiles", ["TrainingConfiguration", yams]),
    tests(
      "AttuneCommands",
      [
        "ConfigurationFiles", "Endpoints", "LanguageModels", "Pipelines", "PreferenceData",
        "Rewards", "RunRecords", "Sandbox", "Tokenization", "TorchEngine", "Trainers",
        "TrainingConfiguration", argumentParser,
      ]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx20
)
