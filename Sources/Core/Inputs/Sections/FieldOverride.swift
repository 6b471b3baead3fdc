internal import JSONScan

/// A value that is set from outside: `--set routing.routable_share=0.4`, `--set deflection_rate=0.55`.
package struct FieldOverride: Sendable, Hashable {
    /// The keys from the root, with dots; elements of lists by their position or their name.
    package let path: [String]
    /// The path as written.
    package var name: String { path.joined(separator: ".") }
    /// The value as written.
    package let value: String

    /// Reads `path=value`; `nil` for anything else.
    package init?(_ text: String) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
        path = text[..<equals].split(separator: ".").map(String.init)
        value = String(text[text.index(after: equals)...])
        if value.isEmpty || path.isEmpty { return nil }
    }

    /// The value as the file would have it; `40 %` is 0.4.
    fileprivate var scalar: JSONValue {
        if Double(value) != nil { return .number(value) }
        if value.hasSuffix("%"), let percent = Double(value.dropLast().filter { $0 != " " }) {
            return .number("\(percent / 100)")
        }
        if value == "true" || value == "false" { return .bool(value == "true") }
        return .string(value)
    }
}

extension YAMLDocument {
    /// The same file with values set from outside; keys that it does not have are added, and its reader says which of
    /// them do not exist.
    package func applying(_ overrides: [FieldOverride]) -> YAMLDocument {
        if overrides.isEmpty { return self }
        return replacing(root: overrides.reduce(root) { $0.setting($1.path[...], to: $1.scalar) })
    }
}

extension JSONValue {
    fileprivate func setting(_ path: ArraySlice<String>, to new: JSONValue) -> JSONValue {
        guard let name = path.first else { return new }
        if case .array(var elements) = self,
            let position = Int(name) ?? elements.firstIndex(where: { $0["name"]?.text == name }),
            elements.indices.contains(position)
        {
            elements[position] = elements[position].setting(path.dropFirst(), to: new)
            return .array(elements)
        }
        var members = self.members
        if let position = members.lastIndex(where: { $0.key == name }) {
            let changed = members[position].value.setting(path.dropFirst(), to: new)
            members[position] = Member(key: name, value: changed)
        } else {
            members.append(Member(key: name, value: JSONValue.null.setting(path.dropFirst(), to: new)))
        }
        return .object(members)
    }
}
