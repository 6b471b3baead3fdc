import JSONScan

/// Gemini's schemas, a part of OpenAPI's, as JSON schemas.
enum GeminiSchema {
    /// Keys whose values are schemas, lists of them, or maps of them.
    private static let nested: Set<String> = ["items", "additionalProperties"]
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
        guard case .object(let members) = schema else { throw .malformed(path, "has to be a schema.") }
        let isNullable = schema["nullable"]?.isTrue ?? false
        var result: [JSONValue.Member] = []
        for member in members {
            let place = "\(path).\(member.key)"
            switch member.key {
            case "nullable", "propertyOrdering", "property_ordering": continue
            case "type": if let type = try type(member.value, isNullable, at: place) { result.append(type) }
            case "properties":
                result.append(.init(key: "properties", value: try map(member.value, at: place, isClosed: isClosed)))
            case "example": result.append(.init(key: "examples", value: .array([member.value])))
            case "enum" where isNullable:
                result.append(.init(key: "enum", value: .array(member.value.elements + [.null])))
            default:
                result.append(try converted(member, at: place, isClosed: isClosed))
            }
        }
        if isClosed, schema["properties"] != nil, schema["additionalProperties"] == nil {
            result.append(.init(key: "additionalProperties", value: .bool(false)))
        }
        return .object(result)
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

    private static func converted(
        _ member: JSONValue.Member, at path: String, isClosed: Bool
    ) throws(TranslationProblem) -> JSONValue.Member {
        // `any_of` and the like.
        let words = member.key.split(separator: "_")
        let key = words.dropFirst().reduce(String(words.first ?? "")) {
            $0 + $1.prefix(1).uppercased() + $1.dropFirst()
        }
        if nested.contains(key), case .object = member.value {
            return .init(key: key, value: try jsonSchema(of: member.value, at: path, isClosed: isClosed))
        }
        if lists.contains(key) {
            var schemas: [JSONValue] = []
            for (value, path) in try ObjectReader.elements(of: member.value, at: path) {
                schemas.append(try jsonSchema(of: value, at: path, isClosed: isClosed))
            }
            return .init(key: key, value: .array(schemas))
        }
        if counts.contains(key), let count = member.value.integer { return .init(key: key, value: .integer(count)) }
        return .init(key: key, value: member.value)
    }
}
