import Foundation
import Testing
import TorchEngine

@testable import AttuneCommands

@Suite("attune doctor")
struct DoctorTests {
  @Test("training works where LibTorch is", .enabled(if: Engine.version != nil))
  func works() throws {
    let run = try Invocation("doctor")
    #expect(run.status == 0)
    #expect(run.error.isEmpty)
    #expect(run.output.hasPrefix("attune     ") && run.output.contains(Attune.version))
    for name in [
      "LibTorch", "processor", "memory", "threads", "products", "can train", "speed", "cache",
    ] {
      #expect(run.output.contains("\n\(name) "))
    }
    #expect(run.output.contains("\nprogress     plain lines, as standard error is no terminal\n"))
    #expect(run.output.hasSuffix("\ntraining     works\n"))

    let report = try Invocation("doctor", "--json").report()
    #expect(report["version"] as? String == Attune.version)
    #expect(report["libtorch"] as? String == Engine.version)
    #expect(report["training_works"] as? Bool == true)
    #expect((report["gigaflops"] as? Double ?? 0) > 0)
    #expect((report["memory_bytes"] as? Int ?? 0) > 1 << 28)
    // At the very least sixteen bytes a weight.
    let available = report["available_memory_bytes"] as? Int ?? 0
    #expect((1...available / 16).contains(report["largest_model_parameters"] as? Int ?? 0))
  }

  @Test("without LibTorch it says so and how to get it", .enabled(if: Engine.version == nil))
  func absent() throws {
    let run = try Invocation("doctor")
    #expect(run.status == 1)
    #expect(run.output.contains("LibTorch   none\n"))
    #expect(run.output.hasSuffix("training   does not work\n"))
    #expect(
      run.error
        == "attune: error: this attune was built without LibTorch, so it can check data and "
        + "tokenize, but neither train nor score; run scripts/libtorch and build again without "
        + "--disable-default-traits\n")
  }

  @Test("the machine has a processor, cores and memory")
  func machine() {
    let machine = Machine()
    #expect(!machine.processor.isEmpty)
    #expect(machine.cores >= 1)
    #expect(machine.memory > 1 << 28)
    #expect((1...machine.memory).contains(machine.availableMemory))
  }
}
