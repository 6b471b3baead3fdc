/// What is wrong with a field of something that is asked for. The caller's to mend; trying again does not help.
package struct DraftError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The field, as the API names it: `requests_per_minute`.
    package let field: String
    /// What is wrong with it and what to write instead, to be read behind the field's name.
    package let problem: String

    /// Creates an error.
    package init(_ field: String, _ problem: String) { (self.field, self.problem) = (field, problem) }

    package var description: String { "\(field) \(problem)" }
}
