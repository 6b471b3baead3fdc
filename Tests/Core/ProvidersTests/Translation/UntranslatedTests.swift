import JSONScan
import Testing

@testable import Providers

@Suite("Bedrock is not translated")
struct UntranslatedTests {
    private static let chat = #"{"model":"m","messages":[{"role":"user","content":"Hi"}]}"#

    @Test("Requests and answers are refused, in either direction, and say so")
    func refused() throws {
        let problem = #expect(throws: TranslationProblem.self) {
            try Translating.request(Self.chat, from: .openAI, to: Translating.target(.bedrock))
        }
        #expect(problem?.kind == .unsupported && problem?.message.contains("Bedrock") ?? false)
        #expect(throws: TranslationProblem.self) {
            try Translating.request(
                RefusalCase(.bedrock, #""inferenceConfig":{}"#, [], "").body, from: .bedrock,
                to: Translating.target(.openAI))
        }
        #expect(throws: TranslationProblem.self) {
            try Translating.reply(#"{"output":{}}"#, from: .bedrock, to: .openAI)
        }
    }

    @Test("A stream fails at once", arguments: Translating.families)
    func streams(family: ProviderFamily) {
        let bytes = Array("data: {}\n\n".utf8)
        var translator = StreamTranslator(from: .bedrock, to: family, context: Translating.context)
        _ = bytes.withUnsafeBufferPointer { translator.take($0) }
        _ = translator.finish()
        #expect(!translator.reachedEnd && translator.failure != nil)
    }

    @Test("Nothing can be written for a caller of Bedrock's")
    func writing() {
        var writer = UntranslatedEvents()
        var bytes: [UInt8] = []
        #expect(throws: TranslationProblem.self) { try writer.write(.text("Hi"), into: &bytes) }
        #expect(bytes.isEmpty)
    }

    @Test("An error of Bedrock's can be told in any words")
    func errors() {
        let error = Array(#"{"message":"Too many tokens"}"#.utf8).withUnsafeBufferPointer {
            ProviderError.read($0, status: 429, from: .bedrock)
        }
        #expect(error.status == 429 && error.message == "Too many tokens" && error.code == "upstream_error")
    }
}
