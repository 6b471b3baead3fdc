import JSONScan

/// Gemini's schemas, a part of OpenAPI's, as JSON schemas.
enum GeminiSchema {
    /// Keys whose values are schemas, lists of them, or maps of them.
    private static let schemas: Set<String> = ["items", "additionalProperties"]
    private static let lists: Set<String> = ["anyOf", "prefixItems"]
    /// Whole numbers, which Google's JSON writes as strings.
    private static let counts: Set<String> = [
        "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties",
    ]

    /// The JSON schema.
    ///
    /// - Parameter isClosed: whether objects have no members but those named: so Gemini answers.
    static func jsonSchema(
        of schema: JSONValue, at path: String, isClosed: Bool
    ) throws(TranslationProblem) -> JSONValue {
        guard case .object(let written) = schema else { throw .malformed(path, "has to be a schema.") }
        // Google takes keys of several words in both spellings; those of a map of properties are the caller's own.
        let members = written.map { JSONValue.Member(key: ObjectReader.camelCased($0.key), value: $0.value) }
        let places = written.map { "\(path).\($0.key)" }
        let isNullable = members.last { $0.key == "nullable" }?.value.isTrue ?? false
        var result: [JSONValue.Member] = []
        for (member, place) in zip(members, places) {
            if let member = try converted(member, isNullable, at: place, isClosed: isClosed) { result.append(member) }
        }
        let keys = Set(members.map(\.key))
        guard keys.count == members.count else { throw .malformed(path, "has a key twice.") }
        if isClosed, keys.contains("properties"), !keys.contains("additionalProperties") {
            result.append(.init(key: "additionalProperties", value: .bool(false)))
        }
        return .object(result)
    }

    private static func converted(
        _ member: JSONValue.Member, _ isNullable: Bool, at place: String, isClosed: Bool
    ) throws(TranslationProblem) -> JSONValue.Member? {
        switch member.key {
        case "nullable", "propertyOrdering": return nil
        case "type": return try type(member.value, isNullable, at: place)
        case "properties", "defs", "$defs":
            let key = member.key == "defs" ? "$defs" : member.key
            return .init(key: key, value: try map(member.value, at: place, isClosed: isClosed))
        case "ref": return .init(key: "$ref", value: member.value)
        case "example": return .init(key: "examples", value: .array([member.value]))
        case "enum" where isNullable: return .init(key: "enum", value: .array(member.value.elements + [.null]))
        default: return try nested(member, isNullable, at: place, isClosed: isClosed)
        }
    }

    private static func type(
        _ value: JSONValue, _ isNullable: Bool, at path: String
    ) throws(TranslationProblem) -> JSONValue.Member? {
        guard case .string(let word) = value else { throw .malformed(path, "has to be the name of a type.") }
        if word == "TYPE_UNSPECIFIED" { return nil }
        let type = JSONValue.string(word.lowercased())
        return .init(key: "type", value: isNullable ? .array([type, "null"]) : type)
    }

    private static func map(
        _ value: JSONValue, at path: String, isClosed: Bool
    ) throws(TranslationProblem) -> JSONValue {
        guard case .object(let members) = value else { throw .malformed(path, "has to be an object.") }
        var result: [JSONValue.Member] = []
        for member in members {
            let schema = try jsonSchema(of: member.value, at: "\(path).\(member.key)", isClosed: isClosed)
            result.append(.init(key: member.key, value: schema))
        }
        return .object(result)
    }

    private static func nested(
        _ member: JSONValue.Member, _ isNullable: Bool, at path: String, isClosed: Bool
    ) throws(TranslationProblem) -> JSONValue.Member {
        let key = member.key
        if schemas.contains(key), case .object = member.value {
            return .init(key: key, value: try jsonSchema(of: member.value, at: path, isClosed: isClosed))
        }
        if lists.contains(key) {
            var schemas: [JSONValue] = []
            for (value, path) in try ObjectReader.elements(of: member.value, at: path) {
                schemas.append(try jsonSchema(of: value, at: path, isClosed: isClosed))
            }
            // Beside a choice of schemas there need be no type that could say it.
            if key == "anyOf", isNullable { schemas.append(.members(["type": "null"])) }
            return .init(key: key, value: .array(schemas))
        }
        if counts.contains(key), let count = member.value.integer { return .init(key: key, value: .integer(count)) }
        return member
    }
}
