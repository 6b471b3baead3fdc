import ArgumentParser
import Foundation
import NIOCore
import NIOPosix

/// A provider that answers as it is told: for benchmarks, for trying the gateway out, and for the official clients.
@main
struct FakeProviderProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fake-provider",
        abstract: "Speaks the APIs of OpenAI, Anthropic, Gemini and Bedrock, and makes its answers up.",
        discussion: """
            What it does is told behind an exclamation mark, at the end of the model's name (gpt-4o!status=500,delay=20)
            or at the beginning of the prompt, up to another one (!bytes=1024! Is Santa real?).
            Keys: status, delay (ms before the answer), deltas (pieces of a stream), pace (ms between them), bytes (of
            the answer's text), input, output, cached (tokens), cut (deltas before it breaks off), wrong (prompts of a
            thousand), after (calls).

            With wrong, answers depend on the prompt: the same question, whatever its small words and their order, has the
            same answer from every model that is told so. For so many prompts of a thousand, always the same ones, the
            answer is another one, once the model was called more than after times: gpt-4o-mini!wrong=200,after=400. Tokens
            are then those of the texts. Such names have no price; a gateway's priced_as gives them one, or --model lets
            callers use plain names: --model gpt-4o!wrong=0 --model gpt-4o-mini!wrong=3. Bedrock's answers do not depend on
            the prompt; its signatures are checked: the access key is AKIDFAKE, its secret fake/secret+key.
            """)

    @Option(name: .customLong("model"), help: "What a model does where its caller says nothing; may be given again.")
    var models: [String] = []

    @Option(help: "The port to listen on.")
    var port = 9900

    @Option(help: "How many threads.")
    var threads = 1

    func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        let channel = try await FakeServer.start(on: group, port: port, models: ToldModels(models))
        FileHandle.standardOutput.write(Data("listening on \(channel.localAddress?.port ?? 0)\n".utf8))
        try await channel.closeFuture.get()
    }
}
