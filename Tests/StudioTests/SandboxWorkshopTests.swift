import Foundation
import Sampling
import Studio
import Testing

@Suite("Where the studio works")
struct SandboxWorkshopTests {
  private func plan(_ directory: String, seed: UInt64 = 0, model: String? = nil)
    -> SandboxWorkshop.Plan
  {
    SandboxWorkshop.Plan(model: model, directory: directory, seed: seed) { _ in
      preconditionFailure("nothing is trained here")
    }
  }

  @Test("a new directory is the studio's, of that seed")
  func seeds() async throws {
    try await RunCatalogTests.withFolder { folder in
      let place = "\(folder)/studio"
      try SandboxWorkshop.check(plan(place, seed: 3))
      try SandboxWorkshop.check(plan(place, seed: 3))
      #expect(throws: StudioDirectoryError.otherSeed(path: place, seed: "3")) {
        try SandboxWorkshop.check(plan(place, seed: 4))
      }
    }
  }

  @Test("what the model says for the human is no part of an answer")
  func ends() {
    let said = " It is blue.\n\nHuman: And red?\n\nAssistant: No."
    #expect(SandboxWorkshop.sampling(seed: 3).textBeforeStops(said) == " It is blue.")
  }

  @Test("what lies in a directory is left alone, and a model that is not there is named")
  func occupied() async throws {
    try await RunCatalogTests.withFolder { folder in
      try RunCatalogTests.writeReport(at: "\(folder)/mine")
      #expect(throws: StudioDirectoryError.occupied(path: "\(folder)/mine")) {
        try SandboxWorkshop.check(plan("\(folder)/mine"))
      }
      #expect(throws: (any Error).self) {
        try SandboxWorkshop.check(plan("\(folder)/new", model: "\(folder)/nothing"))
      }
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/new"))
    }
  }
}
