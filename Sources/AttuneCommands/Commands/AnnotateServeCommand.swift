import AnnotationServer
import AnnotationStore
import ArgumentParser
import Foundation
import Logging
import WebSupport

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

  @OptionGroup var reach: HostFlags

  func validate() throws { try HostFlags.check(port, "--port") }

  func run() async throws {
    let project = try project.open()
    let address = reach.address(port: port, carrying: "passwords")
    if try project.people().isEmpty {
      StandardStream.error.writeLine(
        "attune: nobody has joined yet; 'attune annotate invite \(self.project.project) --role administrator' "
          + "makes a link for the first")
    }
    var logger = Logger(label: "attune")
    logger.logLevel = .warning
    Interruption.listen(finishing: .requests)
    let server = WebServer(address: address, logger: logger)
    let service = AnnotationService(project, address: address, proxy: reach.proxy)
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
