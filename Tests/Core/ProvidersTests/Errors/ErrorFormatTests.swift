import JSONScan
import Providers
import Testing

/// An error, and the words that each family of providers has for it.
struct ErrorFormatCase: Sendable, CustomTestStringConvertible {
    let status: Int
    let code: String
    let openAI: String
    let anthropic: String
    let gemini: String
    let bedrock: String

    var testDescription: String { "\(status) \(code)" }

    var error: CallerError {
        CallerError(status: status, code: code, message: "Say \"no\",\nor\r\u{1}wait.", parameter: "model")
    }

    func word(in family: ProviderFamily) -> String {
        switch family {
        case .openAI: openAI
        case .anthropic: anthropic
        case .gemini: gemini
        case .bedrock: bedrock
        }
    }

    private init(
        _ status: Int, _ code: String, _ openAI: String, _ anthropic: String, _ gemini: String, _ bedrock: String
    ) {
        (self.status, self.code, self.openAI) = (status, code, openAI)
        (self.anthropic, self.gemini, self.bedrock) = (anthropic, gemini, bedrock + "Exception")
    }

    static let all = [
        Self(
            400, "invalid_request", "invalid_request_error", "invalid_request_error", "INVALID_ARGUMENT", "Validation"),
        Self(
            401, "invalid_api_key", "invalid_request_error", "authentication_error", "UNAUTHENTICATED",
            "UnrecognizedClient"),
        Self(
            402, "budget_exceeded", "insufficient_quota", "billing_error", "RESOURCE_EXHAUSTED", "ServiceQuotaExceeded"),
        Self(403, "model_not_allowed", "permission_error", "permission_error", "PERMISSION_DENIED", "AccessDenied"),
        Self(404, "model_not_found", "invalid_request_error", "not_found_error", "NOT_FOUND", "ResourceNotFound"),
        Self(413, "request_too_large", "invalid_request_error", "request_too_large", "INVALID_ARGUMENT", "Validation"),
        Self(429, "rate_limit_exceeded", "rate_limit_error", "rate_limit_error", "RESOURCE_EXHAUSTED", "Throttling"),
        Self(500, "internal", "server_error", "api_error", "INTERNAL", "InternalServer"),
        Self(502, "upstream_unavailable", "server_error", "api_error", "UNAVAILABLE", "ServiceUnavailable"),
        Self(503, "overloaded", "server_error", "overloaded_error", "UNAVAILABLE", "ServiceUnavailable"),
        Self(504, "upstream_timeout", "server_error", "timeout_error", "DEADLINE_EXCEEDED", "ModelTimeout"),
    ]
}

@Suite("Error formats")
struct ErrorFormatTests {
    /// Line feeds stay; other control characters become spaces.
    private let message = "Say \"no\",\nor  wait."

    @Test("Bodies are JSON in the family's shape", arguments: ErrorFormatCase.all, ProviderFamily.allCases)
    func bodies(example: ErrorFormatCase, family: ProviderFamily) throws {
        let body = try JSONValue.parse(example.error.body(in: family))
        let error = try #require(family == .bedrock ? body : body["error"])
        #expect(error["message"]?.text == message)
        switch family {
        case .openAI:
            #expect(error["type"]?.text == example.openAI && error["code"]?.text == example.code)
            #expect(error["param"]?.text == "model")
        case .anthropic:
            #expect(body["type"]?.text == "error" && error["type"]?.text == example.anthropic)
        case .gemini:
            #expect(error["code"]?.integer == Int64(example.status) && error["status"]?.text == example.gemini)
        case .bedrock:
            #expect(error["reason"]?.text == example.code && example.error.bedrockType == example.bedrock)
        }
    }

    @Test(
        "A stream's event is one event, and is read back", arguments: ErrorFormatCase.all,
        ProviderFamily.allCases.filter { $0 != .bedrock })
    func events(example: ErrorFormatCase, family: ProviderFamily) {
        let surface: APISurface =
            switch family {
            case .openAI: .chatCompletions
            case .anthropic: .messages
            case .gemini: .generateContent
            case .bedrock: .converse
            }
        let event = example.error.streamEvent(in: family)
        let text = String(decoding: event, as: UTF8.self)
        #expect(text.hasSuffix("}\n\n") && text.hasPrefix(family == .anthropic ? "event: error\ndata: {" : "data: {"))
        #expect(text.dropLast(2).split(separator: "\n").count == (family == .anthropic ? 2 : 1))
        var meter = StreamMeter(surface: surface, hidesUsageChunk: false)
        let relay = event.withUnsafeBufferPointer { meter.take($0) }
        #expect(relay == .verbatim)
        let result = meter.finish().result
        #expect(result.errorType == example.word(in: family) && !result.reachedEnd)
    }

    @Test("Bedrock's event is an exception, one of those that streams know", arguments: ErrorFormatCase.all)
    func bedrockEvent(example: ErrorFormatCase) {
        var meter = StreamMeter(surface: .converse, hidesUsageChunk: false)
        _ = example.error.streamEvent(in: .bedrock).withUnsafeBufferPointer { meter.take($0) }
        let result = meter.finish().result
        #expect(result.errorType?.hasSuffix("Exception") ?? false && !result.reachedEnd && result.problem == nil)
    }

    @Test("Without a parameter OpenAI's is null")
    func noParameter() throws {
        let error = CallerError(status: 400, code: "invalid_request", message: "No.")
        #expect(try JSONValue.parse(error.body(in: .openAI))["error"]?["param"] == .null)
    }
}
