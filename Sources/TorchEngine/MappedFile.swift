#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file whose bytes appear in memory as they are touched, without being read first.
final class MappedFile {
  let bytes: UnsafeRawBufferPointer

  /// Maps a whole file.
  init(path: String) throws(EngineError) {
    // A named pipe would let the call wait for a writer; it is refused below instead.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw .file(path: path, problem: "cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .file(path: path, problem: "is not a regular file")
    }
    let size = Int(status.st_size)
    guard size > 0 else { throw .file(path: path, problem: "is empty") }
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
      address != MAP_FAILED
    else {
      throw .file(path: path, problem: "cannot be mapped: \(String(cString: strerror(errno)))")
    }
    bytes = UnsafeRawBufferPointer(start: address, count: size)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
  }

  /// Lets the kernel drop the pages that hold `range`: they will not be touched again soon, and
  /// would count as this process's memory. Pages at the edges, which others may use, stay.
  func release(_ range: Range<Int>) {
    guard let start = bytes.baseAddress else { return }
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let first = (range.lowerBound + page - 1) / page * page
    let last = range.upperBound / page * page
    guard first < last else { return }
    madvise(UnsafeMutableRawPointer(mutating: start + first), last - first, Int32(MADV_DONTNEED))
  }
}
