/// Why the journal could not do what was asked.
package struct JournalError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: String, Sendable {
        /// The folder cannot be used.
        case unavailable
        /// Nothing more can be written: the disk is full, or a limit is reached.
        case notWritable = "not_writable"
        /// Another gateway writes there.
        case busy
    }

    /// The kind.
    package let code: Code
    /// What is wrong and what to do about it.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    package var description: String { message }
}
