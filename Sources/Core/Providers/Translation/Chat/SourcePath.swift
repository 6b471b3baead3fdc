/// Where something stood in the caller's body, `tools[1].function`. It is for messages only: two values that differ in
/// nothing else are equal.
package struct SourcePath: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The path.
    package let text: String

    /// Creates a path.
    package init(_ text: String) { self.text = text }

    /// Creates a path from a literal.
    package init(stringLiteral text: String) { self.text = text }

    /// All paths are equal.
    package static func == (_: SourcePath, _: SourcePath) -> Bool { true }

    /// Adds nothing.
    package func hash(into _: inout Hasher) {}
}

/// A value that a request states, and where.
package struct Stated<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value.
    package var value: Value
    /// Where it stood.
    package var path: SourcePath

    /// Creates a stated value.
    package init(_ value: Value, at path: String = "") { (self.value, self.path) = (value, SourcePath(path)) }
}

/// A number as written, with its binary value for comparisons.
package struct ChatNumber: Sendable, Hashable {
    /// The digits, a JSON number.
    package let text: String
    /// Its value; finite.
    package let value: Double

    /// Reads a JSON number; `nil` where the text is none, or its value is beyond binary numbers.
    package init?(_ text: String) {
        guard Self.isJSON(text), let value = Double(text), value.isFinite else { return nil }
        (self.text, self.value) = (text, value)
    }

    /// Whether the text is a number by JSON's grammar, which is narrower than what `Double` reads.
    private static func isJSON(_ text: String) -> Bool {
        text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil
    }
}
