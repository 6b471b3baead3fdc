/// Why a pull stopped. What has been imported until then stays, and the next pull goes on there.
package struct PullError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is; decides the exit code.
    package enum Code: String, Sendable {
        /// The environment does not say which key to use, or where the server is.
        case notConfigured = "not_configured"
        /// The provider does not accept the key.
        case refused
        /// The provider does not accept the question.
        case rejected
        /// There is no answer, or only "later", for longer than is waited.
        case unreachable
        /// The answer is not what the provider's documentation says.
        case unreadable
        /// The key belongs to another organisation than what was pulled before.
        case otherOwner = "other_owner"
    }

    /// The kind.
    package let code: Code
    /// What is wrong and what to do about it.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    package var description: String { message }
}
