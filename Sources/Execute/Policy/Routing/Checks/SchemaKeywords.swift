internal import JSONScan

/// The keywords of JSON Schema (2020-12) that are known: those that model providers take. Any other may change what is
/// valid, so a schema with one proves nothing.
enum SchemaKeywords {
    /// Words that change nothing.
    private static let annotations: Set<String> = [
        "title", "description", "default", "examples", "example", "$schema", "$id", "$comment", "deprecated",
        "readOnly",
        "writeOnly", "strict", "propertyOrdering", "property_ordering",
    ]
    private static let checked: Set<String> = [
        "type", "nullable", "enum", "const", "required", "minItems", "maxItems", "minProperties", "maxProperties",
        "minimum",
        "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "pattern", "format", "$ref",
    ]
    private static let schemas: Set<String> = ["items", "additionalProperties", "not"]
    private static let lists: Set<String> = ["anyOf", "oneOf", "allOf"]
    private static let maps: Set<String> = ["properties", "$defs", "definitions"]

    /// Why a schema cannot be used, as the end of a sentence; `nil` where every word of it is known.
    static func problem(of schema: JSONValue) -> String? {
        if case .bool = schema { return nil }
        guard case .object(let members) = schema else { return "has a part that is no schema" }
        for member in members {
            if let problem = problem(of: member) { return problem }
        }
        return nil
    }

    private static func problem(of member: JSONValue.Member) -> String? {
        let key = member.key
        if annotations.contains(key) { return nil }
        if schemas.contains(key) { return problem(of: member.value) }
        if lists.contains(key) { return member.value.elements.lazy.compactMap { problem(of: $0) }.first }
        if maps.contains(key) { return member.value.members.lazy.compactMap { problem(of: $0.value) }.first }
        guard checked.contains(key) else { return "has \"\(key)\", which is not known here" }
        if key == "format", case .string(let format) = member.value, !SchemaFormats.isKnown(format) {
            return "has the format \"\(format)\", which is not known here"
        }
        if key == "pattern" { return patternProblem(member.value) }
        return nil
    }

    private static func patternProblem(_ value: JSONValue) -> String? {
        guard case .string(let pattern) = value else { return "has a pattern that is no text" }
        do throws(TextPattern.Problem) {
            _ = try TextPattern(pattern)
            return nil
        } catch { return "has a pattern that \(error.reason)" }
    }
}

/// The formats of strings that are known.
enum SchemaFormats {
    /// Formats of numbers, which the number's type has said.
    private static let ofNumbers: Set<String> = ["int32", "int64", "float", "double", "enum"]
    private static let ofStrings: Set<String> = ["date", "time", "date-time", "email", "uuid"]

    static func isKnown(_ format: String) -> Bool { ofNumbers.contains(format) || ofStrings.contains(format) }

    /// Whether a text has a format's shape (RFC 3339, RFC 9562; of an address only that it may be one).
    static func fits(_ text: String, _ format: String) -> Bool {
        let parts = text.uppercased().split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        switch format {
        case "date": return isDate(text)
        case "time": return isTime(text)
        case "date-time": return parts.count == 2 && isDate(parts[0]) && isTime(parts[1])
        case "email": return text.wholeMatch(of: /[^@\s]+@[^@\s]+/) != nil
        case "uuid":
            return text.wholeMatch(of: /[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}/)
                != nil
        default: return true
        }
    }

    private static func isDate(_ text: String) -> Bool {
        guard let match = text.wholeMatch(of: /(\d{4})-(\d{2})-(\d{2})/), let year = Int(match.1),
            let month = Int(match.2),
            let day = Int(match.3), (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }

    private static func isTime(_ text: String) -> Bool {
        text.wholeMatch(of: /([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)/) != nil
    }
}
