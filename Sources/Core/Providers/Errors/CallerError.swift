internal import JSONScan

/// What a caller is told when the gateway cannot answer: one value, written in each provider's own format.
package struct CallerError: Error, Sendable, Hashable {
    /// The HTTP status.
    package var status: Int
    /// A stable word for programs: `budget_exceeded`, `rate_limit_exceeded`, `invalid_api_key`.
    package var code: String
    /// What is wrong and what to do about it.
    package var message: String
    /// The part of the request that it is about.
    package var parameter: String?
    /// Seconds after which trying again may help; absent where it does not.
    package var retryAfter: Int64?

    /// Creates an error.
    package init(
        status: Int, code: String, message: String, parameter: String? = nil, retryAfter: Int64? = nil
    ) {
        (self.status, self.code, self.message) = (status, code, message)
        (self.parameter, self.retryAfter) = (parameter, retryAfter)
    }

    /// The body of the answer, JSON.
    package func body(in family: ProviderFamily) -> [UInt8] {
        let text = Self.quoted(message)
        let json =
            switch family {
            case .openAI:
                "{\"error\":{\"message\":\(text),\"type\":\"\(openAIType)\",\"param\":\(parameter.map(Self.quoted) ?? "null"),\"code\":\"\(code)\"}}"
            case .anthropic:
                "{\"type\":\"error\",\"error\":{\"type\":\"\(anthropicType)\",\"message\":\(text),\"code\":\"\(code)\"}}"
            case .gemini:
                "{\"error\":{\"code\":\(status),\"message\":\(text),\"status\":\"\(geminiStatus)\",\"details\":[{\"reason\":\"\(code)\"}]}}"
            case .bedrock: "{\"message\":\(text),\"reason\":\"\(code)\"}"
            }
        return Array(json.utf8)
    }

    private var openAIType: String {
        switch status {
        case 402: "insufficient_quota"
        case 403: "permission_error"
        case 429: "rate_limit_error"
        case 500...: "server_error"
        default: "invalid_request_error"
        }
    }

    private var anthropicType: String {
        switch status {
        case 401: "authentication_error"
        case 402: "billing_error"
        case 403: "permission_error"
        case 404: "not_found_error"
        case 408, 504: "timeout_error"
        case 413: "request_too_large"
        case 429: "rate_limit_error"
        case 503: "overloaded_error"
        case 500...: "api_error"
        default: "invalid_request_error"
        }
    }

    private var geminiStatus: String {
        switch status {
        case 401: "UNAUTHENTICATED"
        case 403: "PERMISSION_DENIED"
        case 404: "NOT_FOUND"
        case 402, 429: "RESOURCE_EXHAUSTED"
        case 408, 504: "DEADLINE_EXCEEDED"
        case 502, 503: "UNAVAILABLE"
        case 500...: "INTERNAL"
        default: "INVALID_ARGUMENT"
        }
    }

    /// A JSON string. Line feeds stay; other control characters mean nothing to a reader and become spaces.
    private static func quoted(_ text: String) -> String {
        let readable = String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 && $0 != "\n" ? " " : $0 }))
        return "\"\(JSONText.escaped(readable))\""
    }
}
