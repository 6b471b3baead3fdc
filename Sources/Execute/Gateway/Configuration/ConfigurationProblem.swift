/// Something that is wrong with a configuration, and where.
package struct ConfigurationProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// How bad it is.
    package enum Severity: String, Sendable {
        /// The gateway does not start.
        case error
        /// It starts, but this may not be what is meant.
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

    /// `payback.yaml:12: upstreams.0.base_url: …`
    package var description: String {
        file + (line.map { ":\($0)" } ?? "") + ": " + (path.isEmpty ? "" : path + ": ") + message
    }
}
