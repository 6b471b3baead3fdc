/// Why a provider's usage object cannot be believed.
package struct UsageProblem: Error, Sendable, Hashable {
    /// A stable word for programs, for example `negative_tokens`.
    package let code: String
    /// What is wrong.
    package let message: String

    /// Creates a problem.
    package init(_ code: String, _ message: String) { (self.code, self.message) = (code, message) }
}
