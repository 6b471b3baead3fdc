/// Why a study cannot be made of the data. What speaks against an estimate without stopping it is a warning of the
/// ``EffectEstimate`` instead.
package struct StudyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: String, Sendable {
        /// The data or the options are not what they should be.
        case badInput = "bad_input"
        /// The data are sound and cannot answer the question.
        case notIdentified = "not_identified"
    }

    /// The kind.
    package let code: Code
    /// What is wrong, and what to do about it.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    /// The message.
    package var description: String { message }
}
