package import Inputs
internal import JSONScan

extension YAMLDocument {
    /// The scenario with values set from outside.
    ///
    /// A driver is named by its name alone; its range, if it has one, moves in proportion. Lines are named by their
    /// position or their name in small letters: `costs.licences.monthly`.
    ///
    /// - Throws: ``InputError`` where nothing has that path.
    package func setting(_ overrides: [FieldOverride]) throws(InputError) -> YAMLDocument {
        var root = self.root
        for override in overrides {
            let path = Self.resolved(override.path, in: root)
            guard let changed = root.setting(path[...], to: Self.value(override.value), names: path) else {
                let drivers = (root["drivers"]?.members ?? []).map(\.key).joined(separator: ", ")
                throw InputError(
                    .malformed, file: file, field: "--set \(override.name)",
                    "Nothing has this name. There are the drivers \(drivers); and \(ScenarioReader.settable.joined(separator: ", "))."
                )
            }
            root = changed
        }
        return replacing(root: root)
    }

    private static func resolved(_ path: [String], in root: JSONValue) -> [String] {
        guard let first = path.first, root["drivers"]?[first] != nil else { return path }
        return ["drivers"] + path
    }

    private static func value(_ text: String) -> JSONValue {
        if Double(text) != nil { return .number(text) }
        // 40 % and 1_000 are numbers as well.
        if case .number(let number)? = try? Expression(parsing: text) { return .number("\(number)") }
        return .string(text)
    }
}

extension JSONValue {
    /// The same with something set; `nil` where the path leads nowhere.
    fileprivate func setting(_ path: ArraySlice<String>, to new: JSONValue, names: [String]) -> JSONValue? {
        guard let name = path.first else { return isDriver(names) ? scaled(to: new) : new }
        let rest = path.dropFirst()
        switch self {
        case .object(var members):
            if let position = members.lastIndex(where: { $0.key == name }) {
                guard let changed = members[position].value.setting(rest, to: new, names: names) else { return nil }
                members[position] = Member(key: name, value: changed)
                return .object(members)
            }
            let isNew = names.count > 1 ? names != ["drivers", name] : ScenarioReader.settable.contains(name)
            guard rest.isEmpty, isNew else { return nil }
            return .object(members + [Member(key: name, value: new)])
        case .array(var elements):
            let position = Int(name) ?? elements.firstIndex { $0["name"]?.text.map(ScenarioReader.slug) == name }
            guard let position, elements.indices.contains(position),
                let changed = elements[position].setting(rest, to: new, names: names)
            else { return nil }
            elements[position] = changed
            return .array(elements)
        default:
            // `x.value` of a driver that is only a number.
            return names.first == "drivers" && rest.isEmpty
                ? .object([Member(key: "value", value: self)]).setting([name], to: new, names: names) : nil
        }
    }

    private func number(_ value: JSONValue) -> Double? {
        guard let text = value.text, case .number(let number)? = try? Expression(parsing: text) else { return nil }
        return number
    }

    private func isDriver(_ names: [String]) -> Bool { names.count == 2 && names[0] == "drivers" && !members.isEmpty }

    /// A driver with another value; its bounds move in proportion.
    private func scaled(to new: JSONValue) -> JSONValue {
        var factor: Double?
        // Without a value to start from the bounds stay, and the reader says if they do not hold the new one.
        if let old = self["value"].flatMap(number), let value = number(new), old != 0 { factor = value / old }
        let taken: Set<String> = ["value", "from_price_book", "from_ledger"]
        let kept = members.compactMap { member -> Member? in
            if taken.contains(member.key) { return nil }
            guard ["low", "high", "standard_deviation"].contains(member.key) else { return member }
            guard let factor, let bound = number(member.value) else { return member }
            return Member(key: member.key, value: .number("\(bound * factor)"))
        }
        return .object([Member(key: "value", value: new)] + kept)
    }
}
