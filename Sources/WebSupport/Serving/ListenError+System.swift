internal import NIOCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension ListenError {
  /// What an error of the system means for somebody who starts a server.
  init(_ error: any Error, at address: ListenAddress) {
    switch error {
    case let error as ListenError: self = error
    case let error as IOError where error.errnoCode == EADDRINUSE: self = .inUse(address)
    case let error as IOError where [EACCES, EPERM].contains(error.errnoCode):
      self = .notPermitted(address)
    case let error as IOError where error.errnoCode == EADDRNOTAVAIL: self = .notHere(address)
    case is SocketAddressError.UnknownHost, SocketAddressError.unknown: self = .unknownHost(address)
    default: self = .failed(address, reason: "\(error)")
    }
  }
}
