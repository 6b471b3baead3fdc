internal import JSONScan

extension WebRequest {
    /// The body's members as fields: texts, numbers, and lists of them.
    ///
    /// - Throws: ``Refusal`` where it is no JSON object, or a member is anything else.
    func jsonFields() throws -> Fields {
        guard contentType?.hasPrefix("application/json") ?? true else {
            throw Refusal(status: 400, code: "bad_request", message: "Send application/json, not \(contentType ?? "").")
        }
        guard let text = String(validating: body, as: UTF8.self), let value = try? JSONValue.parse(text),
            case .object(let members) = value
        else { throw Refusal.bad("The body is no JSON object.") }
        return Fields(
            try members.compactMap { member in
                try Self.text(member.value, of: member.key).map { (member.key, $0) }
            })
    }

    private static func text(_ value: JSONValue, of key: String) throws -> String? {
        switch value {
        case .null: return nil
        case .string(let text): return text
        case .number(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case .array(let elements):
            return try elements.map { element -> String in
                guard case .string(let text) = element else { throw Refusal.bad("\(key) is a list of texts.") }
                return text
            }.joined(separator: ",")
        case .object: throw Refusal.bad("\(key) is a text or a number.")
        }
    }
}
