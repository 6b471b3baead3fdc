internal import JSONScan

/// Checks a JSON document against a JSON schema.
struct SchemaCheck {
    /// Why a document does not pass.
    enum Fault: Error, Hashable {
        /// It does not fit: where, `items[2].name`, and what is wrong.
        case unfit(String, String)
        /// The schema cannot be used.
        case unusable(String)
    }

    /// Schemas that refer to themselves end by this.
    private static let mostSteps = 100_000
    private static let deepest = 200
    let root: JSONValue
    private var steps = 0
    private var depth = 0

    init(_ schema: JSONValue) { root = schema }

    /// - Throws: ``Fault`` where it does not fit, or cannot be told.
    mutating func run(on value: JSONValue) throws(Fault) { try check(value, root, at: "") }

    mutating func check(_ value: JSONValue, _ schema: JSONValue, at path: String) throws(Fault) {
        steps += 1
        depth += 1
        defer { depth -= 1 }
        guard steps <= Self.mostSteps, depth <= Self.deepest else { throw .unusable("is too much work") }
        if case .bool(let allows) = schema {
            if allows { return }
            throw .unfit(path, "is not allowed")
        }
        guard case .object = schema else { throw .unusable("has a part that is no schema") }
        // How OpenAPI says that null is allowed.
        if value == .null, schema["nullable"]?.isTrue ?? false { return }
        try checkType(value, schema, at: path)
        try checkChoices(value, schema, at: path)
        try checkCombinations(value, schema, at: path)
        switch value {
        case .number(let text): try checkNumber(text, schema, at: path)
        case .string(let text): try checkText(text, schema, at: path)
        case .array(let elements): try checkArray(elements, schema, at: path)
        case .object(let members): try checkObject(members, schema, at: path)
        case .null, .bool: return
        }
    }

    /// Whether a value fits a part of the schema.
    mutating func fits(_ value: JSONValue, _ schema: JSONValue) throws(Fault) -> Bool {
        do throws(Fault) {
            try check(value, schema, at: "")
            return true
        } catch {
            if case .unusable = error { throw error }
            return false
        }
    }

    // MARK: Any value

    private func checkType(_ value: JSONValue, _ schema: JSONValue, at path: String) throws(Fault) {
        guard let type = schema["type"] else { return }
        let words = type.elements.isEmpty ? [type] : type.elements
        for word in words where try Self.isType(value, word) { return }
        throw .unfit(path, "has to be of type \(words.compactMap(\.text).joined(separator: " or "))")
    }

    private static func isType(_ value: JSONValue, _ type: JSONValue) throws(Fault) -> Bool {
        switch (type.text, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("null", .null),
            ("number", .number):
            return true
        case ("integer", .number(let text)): return PlainDecimal(text).isWhole
        case ("object", _), ("array", _), ("string", _), ("boolean", _), ("null", _), ("number", _), ("integer", _):
            return false
        default: throw .unusable("has a type that JSON Schema does not know")
        }
    }

    private func checkChoices(_ value: JSONValue, _ schema: JSONValue, at path: String) throws(Fault) {
        if let choices = schema["enum"], !choices.elements.contains(where: { JSONEquality.isSame($0, value) }) {
            throw .unfit(path, "is none of the values that are allowed")
        }
        if let wanted = schema["const"], !JSONEquality.isSame(wanted, value) {
            throw .unfit(path, "is not the value that is asked for")
        }
    }

    // MARK: Combinations

    private mutating func checkCombinations(_ value: JSONValue, _ schema: JSONValue, at path: String) throws(Fault) {
        if let reference = schema["$ref"] { try check(value, try target(of: reference), at: path) }
        for part in schema["allOf"]?.elements ?? [] { try check(value, part, at: path) }
        if let parts = schema["anyOf"], try count(of: parts, fitting: value) == 0 {
            throw .unfit(path, "fits none of anyOf")
        }
        if let parts = schema["oneOf"] {
            let count = try count(of: parts, fitting: value)
            guard count == 1 else { throw .unfit(path, "fits \(count) of oneOf") }
        }
        if let not = schema["not"], try fits(value, not) { throw .unfit(path, "fits what it may not") }
    }

    private mutating func count(of parts: JSONValue, fitting value: JSONValue) throws(Fault) -> Int {
        var count = 0
        for part in parts.elements where try fits(value, part) { count += 1 }
        return count
    }

    /// What `#/$defs/name` refers to, within the schema only.
    private func target(of reference: JSONValue) throws(Fault) -> JSONValue {
        guard case .string(let text) = reference, text == "#" || text.hasPrefix("#/") else {
            throw .unusable("refers to another document")
        }
        var target = root
        for part in text.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false) where text != "#" {
            let key = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
            guard let next = target[key] else { throw .unusable("refers to a part that is not there") }
            target = next
        }
        return target
    }
}
