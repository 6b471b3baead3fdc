import ArgumentParser
import Foundation
import NIOCore
import NIOPosix

/// A provider that answers as it is told: for benchmarks, for trying the gateway out, and for the official clients.
@main
struct FakeProviderProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fake-provider",
        abstract: "Speaks the APIs of OpenAI, Anthropic and Gemini, and makes its answers up.",
        discussion: """
            What it does is told by the model's name, behind an exclamation mark: gpt-4o!status=500,delay=20.
            Keys: status, delay (ms before the answer), deltas (pieces of a stream), pace (ms between them), bytes (of
            the answer's text), input, output, cached (tokens), cut (deltas before it breaks off).
            """)

    @Option(help: "The port to listen on.")
    var port = 9900

    @Option(help: "How many threads.")
    var threads = 1

    func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        let channel = try await FakeServer.start(on: group, port: port)
        FileHandle.standardOutput.write(Data("listening on \(channel.localAddress?.port ?? 0)\n".utf8))
        try await channel.closeFuture.get()
    }
}
