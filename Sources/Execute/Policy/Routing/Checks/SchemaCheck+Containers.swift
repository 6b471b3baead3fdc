internal import JSONScan

extension SchemaCheck {
    mutating func checkArray(_ elements: [JSONValue], _ schema: JSONValue, at path: String) throws(Fault) {
        try checkCount(elements.count, "Items", schema, at: path, "elements")
        guard let items = schema["items"] else { return }
        for (position, element) in elements.enumerated() { try check(element, items, at: "\(path)[\(position)]") }
    }

    mutating func checkObject(_ members: [JSONValue.Member], _ schema: JSONValue, at path: String) throws(Fault) {
        try checkCount(members.count, "Properties", schema, at: path, "members")
        for key in schema["required"]?.elements ?? [] where !members.contains(where: { .string($0.key) == key }) {
            throw .unfit(place(key.text ?? "", in: path), "is missing")
        }
        let properties = schema["properties"] ?? .object([])
        for member in members {
            let place = place(member.key, in: path)
            if let property = properties[member.key] {
                try check(member.value, property, at: place)
            } else if let others = schema["additionalProperties"] {
                try check(member.value, others, at: place)
            }
        }
    }

    private func place(_ key: String, in path: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
