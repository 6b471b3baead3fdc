internal import JSONScan

/// The attributes of a span or a resource by name: OTLP's list of keys and typed values, or a plain object.
struct SpanAttributes {
    private var values: [String: JSONValue] = [:]

    init(_ attributes: JSONValue?) {
        for attribute in attributes?.elements ?? [] {
            guard let key = attribute["key"]?.text, let value = attribute["value"] else { continue }
            values[key] = Self.plain(value)
        }
        for member in attributes?.members ?? [] { values[member.key] = member.value }
    }

    /// The value of an attribute.
    subscript(_ name: String) -> JSONValue? { values[name] }

    /// The attributes as an object, for readings that go by key.
    var object: JSONValue {
        .object(values.sorted { $0.key < $1.key }.map { JSONValue.Member(key: $0.key, value: $0.value) })
    }

    /// The text under the first of these names that has one.
    func text(_ names: [String]) -> String? {
        for name in names {
            if let text = values[name]?.text { return text }
        }
        return nil
    }

    /// The attributes whose names begin with `prefix`, without it.
    func under(_ prefix: String) -> JSONValue {
        .object(
            object.members.filter { $0.key.hasPrefix(prefix) }
                .map { JSONValue.Member(key: String($0.key.dropFirst(prefix.count)), value: $0.value) })
    }

    /// `{"stringValue": "a"}` as `"a"`, and so on.
    private static func plain(_ value: JSONValue) -> JSONValue {
        for key in ["stringValue", "intValue", "doubleValue", "boolValue"] {
            if let inner = value[key] { return inner }
        }
        if let list = value["arrayValue"] { return .array((list["values"]?.elements ?? []).map(plain)) }
        if let list = value["kvlistValue"] {
            return .object((list["values"]?.elements ?? []).compactMap(member))
        }
        return value
    }

    private static func member(_ pair: JSONValue) -> JSONValue.Member? {
        guard let key = pair["key"]?.text, let value = pair["value"] else { return nil }
        return JSONValue.Member(key: key, value: plain(value))
    }
}
