#if LibTorch && os(Linux)
  import Testing

  @testable import TorchEngine

  /// The region of addresses in which large tensors lie; each test has it for itself, in a process of its own.
  @Suite("The memory of tensors")
  struct TensorMemoryTests {
    @Test("a tensor begins with a page, in the lowest gap that it fits in")
    func lowestGap() async {
      await #expect(processExitsWith: .success) {
        let first = try megabytes(1)
        var second: Tensor? = try megabytes(2)
        let third = try megabytes(1)
        let gap = try #require(second?.address)
        #expect([first.address, gap, third.address].allSatisfy { $0.isMultiple(of: 4096) })
        #expect(gap == first.address + 1 << 20 && third.address == gap + 2 << 20)
        second = nil
        let larger = try megabytes(3)
        #expect(larger.address >= third.address + 1 << 20)
        let half = try megabytes(1)
        let otherHalf = try megabytes(1)
        #expect(half.address == gap && otherHalf.address == gap + 1 << 20)
        withExtendedLifetime((first, third, larger, half, otherHalf)) {}
      }
    }

    @Test("gaps that touch are one, whichever of them came first", arguments: orders)
    func joining(order: [Int]) async {
      await #expect(processExitsWith: .success) { [order] in
        var tensors: [Tensor?] = try (0..<5).map { _ in try megabytes(1) }
        let start = try #require(tensors[1]?.address)
        for place in order { tensors[place] = nil }
        let joined = try megabytes(3)
        #expect(joined.address == start)
        withExtendedLifetime((tensors, joined)) {}
      }
    }

    static let orders = [[1, 2, 3], [3, 2, 1], [1, 3, 2], [2, 1, 3]]

    @Test("a small tensor takes no page of it")
    func small() async {
      await #expect(processExitsWith: .success) {
        let large = try megabytes(1)
        let small = try Tensor(repeating: 1, shape: [1000])
        let next = try megabytes(1)
        #expect(next.address == large.address + 1 << 20)
        #expect(!(large.address..<next.address + 1 << 20).contains(small.address))
        withExtendedLifetime((large, small, next)) {}
      }
    }

    @Test("tensors that come and go keep their numbers to themselves, and leave nothing behind")
    func churn() async {
      await #expect(processExitsWith: .success) {
        let first = try megabytes(1).address
        var tensors: [Int: (tensor: Tensor, count: Int)] = [:]
        for step in 0..<600 {
          let place = step * step * 31 % 37
          if let old = tensors.removeValue(forKey: place) {
            let values = try old.tensor.values(as: Float.self)
            #expect(values.count == old.count && values.allSatisfy { $0 == values[0] })
            #expect(Int(values[0]) % 37 == place)
          }
          let count = 30_000 + step * 7919 % 100_000
          tensors[place] = (
            try Tensor(repeating: Double(step * 37 + place), shape: [count]), count
          )
        }
        let spans = tensors.values.map {
          ($0.tensor.address, $0.tensor.address + UInt($0.count) * 4)
        }
        .sorted { $0.0 < $1.0 }
        for (one, next) in zip(spans, spans.dropFirst()) { #expect(one.1 <= next.0) }
        tensors = [:]
        #expect(try megabytes(64).address == first)
      }
    }
  }

  private func megabytes(_ count: Int) throws -> Tensor {
    try Tensor(repeating: 1, shape: [count << 18])
  }
#endif
