/// Something that is wrong with a configuration, and where.
package struct InputProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// How bad it is.
    package enum Severity: String, Sendable {
        /// The input cannot be used.
        case error
        /// It can, but this may not be what is meant.
        case warning
    }

    /// The file, as the user named it.
    package let file: String
    /// The line, from 1, where known.
    package let line: Int?
    /// The key, with dots: `upstreams.0.base_url`.
    package let path: String
    /// How bad it is.
    package let severity: Severity
    /// What is wrong and what to do about it; never a secret.
    package let message: String

    /// Creates a problem.
    package init(file: String, line: Int?, path: String, severity: Severity = .error, message: String) {
        (self.file, self.line, self.path, self.severity, self.message) = (file, line, path, severity, message)
    }

    /// `payback.yaml:12: upstreams.0.base_url: …`
    package var description: String {
        file + (line.map { ":\($0)" } ?? "") + ": " + (path.isEmpty ? "" : path + ": ") + message
    }
}
