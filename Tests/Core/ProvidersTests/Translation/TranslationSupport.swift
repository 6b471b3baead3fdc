import Domain
import JSONScan
import Testing

@testable import Providers

/// Shorthands for tests of translation.
enum Translating {
    static let families: [ProviderFamily] = [.openAI, .anthropic, .gemini]
    /// Each way from one API to another.
    static let ways = families.flatMap { from in families.filter { $0 != from }.map { Way(from: from, to: $0) } }

    struct Way: Sendable, CustomTestStringConvertible {
        let from: ProviderFamily
        let to: ProviderFamily

        var testDescription: String { "\(from) to \(to)" }
    }

    static let context = ReplyContext(
        model: "asked-for", created: 1_790_000_000, fallbackID: "01F", includesUsage: true)

    /// The path of a family's chats.
    static func route(_ family: ProviderFamily, streams: Bool = false) -> RequestRoute {
        let uri =
            switch family {
            case .openAI: "/v1/chat/completions"
            case .anthropic: "/v1/messages"
            case .gemini: "/v1beta/models/source:" + (streams ? "streamGenerateContent" : "generateContent")
            case .bedrock: "/model/source/" + (streams ? "converse-stream" : "converse")
            }
        return RequestRoute(uri: uri, isAnthropic: family == .anthropic)
    }

    static func target(_ family: ProviderFamily, limit: Int64? = 1000) -> TranslationTarget {
        TranslationTarget(family: family, model: "target", outputLimit: family == .anthropic ? limit : nil)
    }

    static func request(
        _ text: String, from: ProviderFamily, to target: TranslationTarget, streams: Bool = false
    ) throws -> TranslatedRequest {
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBufferPointer {
            try Translation.request($0, route: route(from, streams: streams), to: target)
        }
    }

    static func reply(_ text: String, from: ProviderFamily, to: ProviderFamily) throws -> JSONValue {
        let bytes = Array(text.utf8)
        let reply = try bytes.withUnsafeBufferPointer {
            try Translation.reply($0, from: from, to: to, context: context)
        }
        return try JSONValue.parse(reply)
    }

    /// A stream in pieces of a size.
    static func stream(
        _ bytes: [UInt8], _ way: Way, piece: Int, context: ReplyContext = context
    ) -> (bytes: [UInt8], translator: StreamTranslator) {
        var translator = StreamTranslator(from: way.from, to: way.to, context: context)
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: piece) {
            let part = Array(bytes[start..<min(start + piece, bytes.count)])
            result += part.withUnsafeBufferPointer { translator.take($0) }
        }
        result += translator.finish()
        return (result, translator)
    }

    /// The problem that a translation ends with.
    static func problem(_ body: () throws -> Void) -> TranslationProblem? {
        do {
            try body()
            return nil
        } catch { return error as? TranslationProblem }
    }
}

extension JSONValue {
    /// The document with its keys in order, for comparisons.
    var sorted: JSONValue {
        switch self {
        case .object(let members):
            .object(
                members.map { Member(key: $0.key, value: $0.value.sorted) }.sorted { $0.key < $1.key })
        case .array(let elements): .array(elements.map(\.sorted))
        default: self
        }
    }
}
