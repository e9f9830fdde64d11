import Foundation

#if canImport(Darwin)
  import Darwin
#endif

/// What this machine has, as far as the operating system says.
struct Machine {
  /// The processor's name, or its architecture where the system does not know one.
  let processor: String
  /// The cores that this process may use.
  let cores: Int
  /// Memory in bytes: the machine's, or the limit of the container.
  let memory: Int
  /// Memory in bytes that new work can have without pushing other work out.
  let availableMemory: Int

  /// A machine of known size.
  init(processor: String, cores: Int, memory: Int, availableMemory: Int) {
    self.processor = processor
    self.cores = cores
    self.memory = memory
    self.availableMemory = availableMemory
  }

  /// The machine that this runs on.
  init() {
    cores = ProcessInfo.processInfo.activeProcessorCount
    let physical = Int(ProcessInfo.processInfo.physicalMemory)
    let limit = Self.number(in: "/sys/fs/cgroup/memory.max") ?? physical
    memory = min(physical, limit)
    let free = Self.field("MemAvailable", of: "/proc/meminfo").flatMap(Self.kilobytes) ?? physical
    let used = Self.number(in: "/sys/fs/cgroup/memory.current") ?? 0
    availableMemory = max(0, min(free, limit < physical ? limit - used : free))
    processor = Self.processorName ?? Self.architecture
  }

  private static var processorName: String? {
    #if canImport(Darwin)
      var size = 0
      sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0)
      var name = [CChar](repeating: 0, count: max(size, 1))
      guard sysctlbyname("machdep.cpu.brand_string", &name, &size, nil, 0) == 0 else { return nil }
      return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    #else
      return field("model name", of: "/proc/cpuinfo")
    #endif
  }

  private static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "of another architecture"
    #endif
  }

  /// The value of the first line `name : value` of a file of the kernel's.
  private static func field(_ name: String, of path: String) -> String? {
    guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    where line.hasPrefix(name) {
      let parts = line.split(separator: ":", maxSplits: 1)
      return parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : nil
    }
    return nil
  }

  private static func kilobytes(_ text: String) -> Int? {
    text.split(separator: " ").first.flatMap { Int($0) }.map { $0 * 1024 }
  }

  private static func number(in path: String) -> Int? {
    FileManager.default.contents(atPath: path).flatMap {
      Int(String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }
}
