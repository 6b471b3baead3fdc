import JSONScan

/// What a provider says went wrong, in words that any API has.
package enum ProviderError {
    /// Reads the body of an answer whose status is an error.
    ///
    /// - Parameter status: the answer's HTTP status.
    package static func read(
        _ body: UnsafeBufferPointer<UInt8>, status: Int, from family: ProviderFamily
    ) -> CallerError {
        var document = (try? JSONValue.parse(body)) ?? .null
        // Gemini's streams without events answer with an array.
        if let first = document.elements.first { document = first }
        // Some compatible servers put it at the top, without an object around it.
        let stated = document["error"] ?? (document["message"] == nil ? nil : document)
        guard let error = stated, error != .null else {
            return CallerError(
                status: shown(status), code: "upstream_error", message: "The provider answered with status \(status).")
        }
        return switch family {
        case .openAI: openAI(error, status: status)
        case .anthropic: anthropic(error, status: status)
        case .gemini: gemini(error, status: status)
        case .bedrock: made(error, status: status, code: nil)
        }
    }

    static func openAI(_ error: JSONValue, status: Int?) -> CallerError {
        let word = error["type"]?.text ?? ""
        let code = error["code"]?.text ?? error["type"]?.text
        let known =
            ["rate_limit_exceeded", "rate_limit_error", "insufficient_quota"].contains(code ?? word) ? 429 : 500
        let isCallers = word == "invalid_request_error"
        return made(
            error, status: status ?? (isCallers ? 400 : known), code: code, parameter: error["param"]?.text)
    }

    static func anthropic(_ error: JSONValue, status: Int?) -> CallerError {
        let word = error["type"]?.text
        return made(error, status: status ?? anthropicStatus(word ?? ""), code: word)
    }

    static func gemini(_ error: JSONValue, status: Int?) -> CallerError {
        let number = error["code"]?.integer.flatMap { Int(exactly: $0) }.flatMap { (400...599).contains($0) ? $0 : nil }
        return made(error, status: status ?? number ?? 500, code: error["status"]?.text?.lowercased())
    }

    private static func made(
        _ error: JSONValue, status: Int, code: String?, parameter: String? = nil
    ) -> CallerError {
        // The code stands in the body as it is: only a plain word may.
        let plain = code.flatMap { $0.utf8.allSatisfy(isWordByte) ? $0 : nil }
        return CallerError(
            status: shown(status), code: plain ?? "upstream_error",
            message: error["message"]?.text ?? words(error) ?? "The provider gave no reason.", parameter: parameter)
    }

    /// An error that is a text and no object.
    private static func words(_ error: JSONValue) -> String? {
        if case .string(let text) = error, !text.isEmpty { return text }
        return nil
    }

    /// 529 is Anthropic's own, for what all others call 503.
    private static func shown(_ status: Int) -> Int { status == 529 ? 503 : status }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// The status of an error that comes within a stream.
    private static func anthropicStatus(_ word: String) -> Int {
        switch word {
        case "invalid_request_error": 400
        case "authentication_error": 401
        case "billing_error": 402
        case "permission_error": 403
        case "not_found_error": 404
        case "request_too_large": 413
        case "rate_limit_error": 429
        case "overloaded_error": 503
        case "timeout_error": 504
        default: 500
        }
    }
}
