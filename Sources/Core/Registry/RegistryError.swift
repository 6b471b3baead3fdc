internal import GRDB

/// Why the registry could not do what was asked.
package struct RegistryError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: String, Sendable {
        /// The file is not there, or may not be opened.
        case unavailable
        /// It is there but is no registry, or one of a newer version.
        case incompatible
        /// It cannot be written.
        case notWritable = "not_writable"
        /// Somebody else holds it.
        case busy
        /// There is no such key or budget, or more than one.
        case notFound = "not_found"
        /// It is damaged, or we made a mistake.
        case failed
    }

    /// The kind.
    package let code: Code
    /// What is wrong and what to do about it.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    package var description: String { message }

    /// Runs `body` and turns SQLite's errors into ours.
    static func translating<Result>(_ activity: String, _ body: () throws -> Result) throws(RegistryError) -> Result {
        do { return try body() } catch let error as RegistryError { throw error } catch let error as DatabaseError {
            throw RegistryError(error, activity)
        } catch {
            throw RegistryError(.failed, "The registry failed while \(activity): \(error).")
        }
    }

    private init(_ error: DatabaseError, _ activity: String) {
        let detail = error.message ?? "no further word"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.busy, "Another process is writing to the registry (\(activity)). Try again.")
        case .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR:
            self.init(.notWritable, "The registry cannot be written (\(activity)): \(detail).")
        case .SQLITE_CANTOPEN, .SQLITE_AUTH:
            self.init(.unavailable, "The registry cannot be opened (\(activity)): \(detail). Does its folder exist?")
        case .SQLITE_NOTADB: self.init(.incompatible, "The file is not a registry (\(activity)).")
        case .SQLITE_CONSTRAINT: self.init(.failed, "There is one already (\(activity)): \(detail).")
        default: self.init(.failed, "The registry failed while \(activity): \(detail).")
        }
    }
}
