/// An error, in each provider's format.
struct ErrorWire {
    let family: Family
    let status: Int
    /// What went wrong; absent for a failure that was asked for.
    var message = "The fake provider failed as it was told to."

    /// The body.
    var body: String {
        switch family {
        case .openAI:
            "{\"error\":{\"message\":\(quoted(message)),\"type\":\"\(openAI.type)\",\"param\":null,\"code\":\(openAI.code)}}"
        case .azure: "{\"error\":{\"code\":\"\(status)\",\"message\":\(quoted(message))}}"
        case .anthropic:
            """
            {"type":"error","error":{"type":"\(anthropic)","message":\(quoted(message))},"request_id":"req_fake"}
            """
        case .gemini: "{\"error\":{\"code\":\(status),\"message\":\(quoted(message)),\"status\":\"\(gemini)\"}}"
        }
    }

    private var openAI: (type: String, code: String) {
        switch status {
        case 401: ("invalid_request_error", "\"invalid_api_key\"")
        case 404: ("invalid_request_error", "null")
        case 429: ("requests", "\"rate_limit_exceeded\"")
        case 400..<500: ("invalid_request_error", "null")
        default: ("server_error", "null")
        }
    }

    private var anthropic: String {
        switch status {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 404: "not_found_error"
        case 413: "request_too_large"
        case 429: "rate_limit_error"
        case 400..<500: "invalid_request_error"
        case 504: "timeout_error"
        case 529: "overloaded_error"
        default: "api_error"
        }
    }

    private var gemini: String {
        switch status {
        case 401: "UNAUTHENTICATED"
        case 403: "PERMISSION_DENIED"
        case 404: "NOT_FOUND"
        case 429: "RESOURCE_EXHAUSTED"
        case 400..<500: "INVALID_ARGUMENT"
        case 503: "UNAVAILABLE"
        case 504: "DEADLINE_EXCEEDED"
        default: "INTERNAL"
        }
    }
}
