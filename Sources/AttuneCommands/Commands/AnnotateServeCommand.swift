import AnnotationServer
import AnnotationStore
import ArgumentParser
import Foundation
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
    let service = AnnotationService(project, address: address, proxy: reach.proxy)
    try await PageServing.run(at: address) {
      try await service.serve(by: $0, until: $1, listening: $2)
    }
  }
}
