internal import Domain
package import JSONScan

/// Translates between the APIs of chat completions, messages and Gemini's content: requests to a provider, answers back.
///
/// Pure: bytes in, bytes out. docs/translation.md has every field.
package enum Translation {
    /// The version of Anthropic's API that requests are written for, for the header `anthropic-version`. The later
    /// 2026-10-21 takes no sampling for any model.
    package static let anthropicVersion = "2023-06-01"

    /// Translates a request.
    ///
    /// - Parameters:
    ///   - body: what the caller sent.
    ///   - route: the caller's path; Gemini's names the model, and whether a stream is wanted.
    ///   - target: what it is translated for.
    /// - Throws: ``TranslationProblem`` with the field that is wrong or has no counterpart.
    package static func request(
        _ body: UnsafeBufferPointer<UInt8>, route: RequestRoute, to target: TranslationTarget
    ) throws(TranslationProblem) -> TranslatedRequest {
        let document = try JSONValue.document(body, .malformed)
        let (request, readNotes) = try read(document, route: route)
        let (written, writtenNotes) = try write(request, for: target)
        return TranslatedRequest(
            body: written.compactBytes, path: path(of: request, for: target), request: request,
            notes: readNotes + writtenNotes)
    }

    /// Reads a request into no provider's words.
    package static func read(
        _ document: JSONValue, route: RequestRoute
    ) throws(TranslationProblem) -> (request: ChatRequest, notes: [TranslationNote]) {
        switch route.surface {
        case .chatCompletions:
            var reader = OpenAIRequestReader(model: route.model)
            return (try reader.read(document), reader.notes)
        case .messages:
            var reader = AnthropicRequestReader()
            return (try reader.read(document), reader.notes)
        case .generateContent:
            var reader = GeminiRequestReader(model: route.model ?? "", streams: route.streams)
            return (try reader.read(document), reader.notes)
        default:
            throw .unsupported("", "is for \(route.surface.name), which is not translated; chats are.")
        }
    }

    /// Writes a request for a provider.
    package static func write(
        _ request: ChatRequest, for target: TranslationTarget
    ) throws(TranslationProblem) -> (body: JSONValue, notes: [TranslationNote]) {
        switch target.family {
        case .openAI:
            var writer = OpenAIRequestWriter(target: target)
            return (try writer.write(request), writer.notes)
        case .anthropic:
            var writer = AnthropicRequestWriter(target: target)
            return (try writer.write(request), writer.notes)
        case .gemini:
            var writer = GeminiRequestWriter(target: target)
            return (try writer.write(request), writer.notes)
        case .bedrock: throw .untranslated
        }
    }

    private static func path(of request: ChatRequest, for target: TranslationTarget) -> String {
        switch target.family {
        case .openAI: target.isAzure ? "/openai/v1/chat/completions" : "/v1/chat/completions"
        case .anthropic: "/v1/messages"
        case .gemini:
            "/v1beta/models/\(target.model.percentEncoded):"
                + (request.streams ? "streamGenerateContent?alt=sse" : "generateContent")
        case .bedrock: "/model/\(target.model.percentEncoded)/" + (request.streams ? "converse-stream" : "converse")
        }
    }

    /// Translates a whole answer that was no error.
    ///
    /// - Throws: ``TranslationProblem`` where the answer is not what the provider's API promises.
    package static func reply(
        _ body: UnsafeBufferPointer<UInt8>, from upstream: ProviderFamily, to caller: ProviderFamily,
        context: ReplyContext
    ) throws(TranslationProblem) -> [UInt8] {
        let reply = try reply(try JSONValue.document(body, .upstream), from: upstream, context: context)
        return switch caller {
        case .openAI: OpenAIReply.write(reply, context).compactBytes
        case .anthropic: AnthropicReply.write(reply, context).compactBytes
        case .gemini: GeminiReply.write(reply, context).compactBytes
        case .bedrock: throw .untranslated
        }
    }

    /// Reads a whole answer into no provider's words.
    package static func reply(
        _ document: JSONValue, from upstream: ProviderFamily, context: ReplyContext
    ) throws(TranslationProblem) -> ChatReply {
        switch upstream {
        case .openAI: try OpenAIReply.read(document)
        case .anthropic: try AnthropicReply.read(document)
        case .gemini: try GeminiReply.read(document, context)
        case .bedrock: throw .untranslated
        }
    }

    /// Whether a body bears marks that only an earlier translation of an answer leaves: signatures within the ids of
    /// calls, thoughts without a signature, thoughts of another provider's. A provider of the caller's own API refuses
    /// them, so the conversation has to go on being translated.
    package static func hasTraces(_ body: UnsafeBufferPointer<UInt8>) -> Bool {
        traces.contains { ByteSearch.contains($0, in: body) }
    }

    /// Marks in ids and in signatures, the latter by how their base64 begins.
    private static let traces: [StaticString] = [
        "__thought__", "\"thinking_blocks\"", "\"signature\":\"\"", "\"signature\": \"\"", "\"YW50aHJvcGlj",
    ]
}

/// A request in a provider's words.
package struct TranslatedRequest: Sendable, Hashable {
    /// The body to send.
    package let body: [UInt8]
    /// The path and query to send it to.
    package let path: String
    /// What it asks for.
    package let request: ChatRequest
    /// What was changed or left out without changing what is asked.
    package let notes: [TranslationNote]
}
