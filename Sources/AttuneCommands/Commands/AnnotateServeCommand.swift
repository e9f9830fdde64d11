import AnnotationServer
import AnnotationStore
public import ArgumentParser
import Foundation
import Logging
public import WebSupport

/// `attune annotate serve`: the pages on which people judge.
struct AnnotateServeCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the pages of a project, on which people judge, review and look after it.",
    discussion: """
      Only this machine can reach it, unless --host says otherwise. To be reached from elsewhere it belongs \
      behind a server that speaks TLS (--proxy tls), since passwords travel with the requests. Ctrl-C lets \
      requests under way finish; an answer that was acknowledged is never lost, whatever happens.
      """)

  @OptionGroup var project: ProjectArgument

  @Option(help: ArgumentHelp("The port; 0 for any that is free.", valueName: "port"))
  var port = 8765

  @Option(
    help: ArgumentHelp(
      "The address to listen on; 0.0.0.0 for all of this machine.", valueName: "address"))
  var host = ListenAddress.loopback

  @Option(
    help: ArgumentHelp(
      "What stands in front: none, plain (a proxy without TLS), tls.", valueName: "proxy"))
  var proxy = ReverseProxy.none

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("'--port' is \(port), but must be from 0 to 65535.")
    }
  }

  func run() async throws {
    let project = try project.open()
    let address = ListenAddress(host: host, port: port)
    if address.needsWarning(proxy: proxy) {
      StandardStream.error.writeLine(
        "attune: warning: \(address) can be reached from other machines, and without TLS in front "
          + "passwords can be read on the way")
    }
    if try project.people().isEmpty {
      StandardStream.error.writeLine(
        "attune: nobody has joined yet; 'attune annotate invite \(self.project.project) --role administrator' "
          + "makes a link for the first")
    }
    var logger = Logger(label: "attune")
    logger.logLevel = .warning
    Interruption.listen()
    let server = WebServer(address: address, logger: logger)
    let service = AnnotationService(project, address: address, proxy: proxy)
    let ending = try await service.serve(by: server) {
      while Interruption.requested == nil, !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(50))
      }
    } listening: { address in
      StandardStream.error.writeLine("attune: serving \(address.url)")
    }
    if ending == .cutOff {
      StandardStream.error.writeLine("attune: some requests took too long and were cut off")
    }
  }
}

extension ReverseProxy: ExpressibleByArgument {}
