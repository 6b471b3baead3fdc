/// Why an input could not be read at all. What is wrong with single rows is a ``Diagnostic`` instead.
package struct InputError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is; decides the exit code.
    package enum Code: String, Sendable {
        /// There is no such file.
        case notFound = "not_found"
        /// It is there but cannot be read: a directory, or no permission.
        case unreadable
        /// Its content is not what it should be.
        case malformed
        /// It cannot be recognised.
        case unrecognised
    }

    /// The kind.
    package let code: Code
    /// The file as the user named it.
    package let file: String
    /// The line, from 1, where known.
    package let line: Int?
    /// The key or column, where known.
    package let field: String?
    /// What is wrong and what to do about it.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, file: String, line: Int? = nil, field: String? = nil, _ message: String) {
        (self.code, self.file, self.line, self.field, self.message) = (code, file, line, field, message)
    }

    /// `usage.csv:12: column "model": …`
    package var description: String {
        file + (line.map { ":\($0)" } ?? "") + ": " + (field.map { "\($0): " } ?? "") + message
    }
}
