/// Why an input is refused.
package struct RefusedInput: Error, Sendable, CustomStringConvertible {
    /// Everything that is wrong with it.
    package let problems: [InputProblem]

    /// Creates an error.
    package init(problems: [InputProblem]) { self.problems = problems }

    /// One problem a line.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

extension InputSection.Context {
    /// Stops where something was wrong; warnings do not stop.
    package func check() throws(RefusedInput) {
        if problems.contains(where: { $0.severity == .error }) { throw RefusedInput(problems: problems) }
    }
}
