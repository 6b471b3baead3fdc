/// Why a request, or an answer, cannot be translated. Nothing that matters is dropped: what has no counterpart is refused
/// by its name.
package struct TranslationProblem: Error, Sendable, Hashable {
    /// Whose problem it is.
    package enum Kind: Sendable, Hashable {
        /// The caller's body is wrong for any provider.
        case malformed
        /// The body is right, and the other provider's API has no counterpart: the request can still go to a provider
        /// of the caller's own API.
        case unsupported
        /// The provider's answer is not what its API promises.
        case upstream
    }

    /// Whose problem it is.
    package let kind: Kind
    /// Where it stands in the body, `messages[2].content[0].type`; empty for the body itself.
    package let path: String
    /// What is wrong and what to do about it, as the end of a sentence that begins with the path.
    package let reason: String

    /// The path and the reason as a sentence.
    package var message: String { path.isEmpty ? "The body \(reason)" : "\"\(path)\" \(reason)" }

    /// What the caller is told.
    package var callerError: CallerError {
        switch kind {
        case .malformed: CallerError(status: 400, code: "invalid_request", message: message, parameter: parameter)
        case .unsupported:
            CallerError(status: 400, code: "translation_unsupported", message: message, parameter: parameter)
        case .upstream:
            CallerError(
                status: 502, code: "translation_failed",
                message: "The provider's answer cannot be translated: \(message)")
        }
    }

    private var parameter: String? { path.isEmpty ? nil : path }

    static func malformed(_ path: String, _ reason: String) -> TranslationProblem {
        TranslationProblem(kind: .malformed, path: path, reason: reason)
    }

    static func unsupported(_ path: String, _ reason: String) -> TranslationProblem {
        TranslationProblem(kind: .unsupported, path: path, reason: reason)
    }

    /// One of the two sides is Amazon Bedrock.
    static let untranslated = unsupported(
        "", "is for or from Amazon Bedrock, whose API is not translated; call its models by it.")

    static func upstream(_ path: String, _ reason: String) -> TranslationProblem {
        TranslationProblem(kind: .upstream, path: path, reason: reason)
    }
}

/// What a translation changed or left out without changing what is asked.
package struct TranslationNote: Sendable, Hashable {
    /// Where it stood in the caller's body.
    package let path: String
    /// What became of it.
    package let change: String

    init(_ path: String, _ change: String) { (self.path, self.change) = (path, change) }
}
