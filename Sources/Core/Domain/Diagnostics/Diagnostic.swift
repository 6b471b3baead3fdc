/// Something found in the input that a person should know of. A finding, not a failure: reading goes on.
package struct Diagnostic: Sendable, Hashable {
    /// How much it matters.
    package enum Severity: UInt8, Sendable, Comparable {
        /// Good to know; nothing was lost.
        case note
        /// A figure may be off.
        case warning
        /// A row was rejected.
        case rejection

        package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
        /// The name in JSON.
        package var name: String { ["note", "warning", "rejection"][Int(rawValue)] }
    }

    /// The file as the user named it; absent where it is about the whole run.
    package var file: String?
    /// The line of the first occurrence, from 1.
    package var line: Int?
    /// A stable word for programs, for example `negative_tokens`.
    package var code: String
    /// What is wrong and what to do about it.
    package var message: String
    /// How much it matters.
    package var severity: Severity
    /// How often it happened in this file.
    package var count: Int

    /// Creates a diagnostic that happened once.
    package init(
        _ code: String, _ message: String, severity: Severity = .warning, file: String? = nil, line: Int? = nil,
        count: Int = 1
    ) {
        (self.code, self.message, self.severity) = (code, message, severity)
        (self.file, self.line, self.count) = (file, line, count)
    }
}

/// Collects diagnostics: the first of each kind and file with its line, the others as a count.
package struct Diagnostics: Sendable {
    private struct Key: Hashable {
        let file: String?
        let code: String
    }

    /// One entry per file and code, in order of first appearance.
    package private(set) var entries: [Diagnostic] = []
    private var positions: [Key: Int] = [:]

    /// Creates an empty collection.
    package init() {}

    /// Takes in a diagnostic.
    package mutating func add(_ diagnostic: Diagnostic) {
        let key = Key(file: diagnostic.file, code: diagnostic.code)
        if let position = positions[key] {
            entries[position].count += diagnostic.count
        } else {
            positions[key] = entries.count
            entries.append(diagnostic)
        }
    }

    /// Takes in all of another collection, as found in `file` with its lines shifted by `lineOffset`.
    package mutating func add(_ other: Diagnostics, file: String, lineOffset: Int) {
        for var entry in other.entries {
            entry.file = file
            entry.line = entry.line.map { $0 + lineOffset }
            add(entry)
        }
    }

    /// Takes in all of another collection.
    package mutating func add(_ other: Diagnostics) { for entry in other.entries { add(entry) } }

    /// Forgets everything.
    package mutating func removeAll() {
        entries.removeAll()
        positions.removeAll()
    }

    /// How many rows were rejected.
    package var rejections: Int { entries.reduce(0) { $0 + ($1.severity == .rejection ? $1.count : 0) } }
}
