package import Domain
package import JSONScan

/// One mapping of the file while it is read: values by their keys, and a complaint for everything that is not right.
package struct InputSection {
    /// What all sections of one reading share.
    package final class Context {
        /// The file.
        package let document: YAMLDocument
        /// Variables that values may refer to.
        package let environment: [String: String]
        /// Reads a file that a value names.
        package let readFile: (String) throws(InputError) -> String
        /// What is wrong, in the order in which it was met.
        package var problems: [InputProblem] = []

        /// Creates a context.
        package init(
            document: YAMLDocument, environment: [String: String] = [:],
            readFile: @escaping (String) throws(InputError) -> String = { (path) throws(InputError) in
                try TextFile.read(path)
            }
        ) { (self.document, self.environment, self.readFile) = (document, environment, readFile) }
    }

    /// What it shares with the other sections of the file.
    package let context: Context
    /// Its keys from the root, with dots; empty for the root.
    package let path: String
    /// What stands in it.
    package let value: JSONValue

    /// Creates a section; without more, the whole file.
    package init(context: Context, path: String = "", value: JSONValue? = nil) {
        (self.context, self.path, self.value) = (context, path, value ?? context.document.root)
    }

    /// Complains about something at a key.
    package func complain(_ key: String?, _ message: String, severity: InputProblem.Severity = .error) {
        let full = [path, key ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
        let line = context.document.line(of: full) ?? context.document.line(of: path)
        context.problems.append(
            InputProblem(
                file: context.document.file, line: line, path: full, severity: severity, message: message))
    }

    /// Complains about keys that do not exist, and about a value that is no mapping.
    package func allow(_ keys: [String]) {
        guard case .object(let members) = value else {
            if value != .null { complain(nil, "a mapping of keys was expected") }
            return
        }
        for member in members where !keys.contains(member.key) {
            let near = keys.min { EditDistance.between($0, member.key) < EditDistance.between($1, member.key) }
            let hint = near.flatMap { EditDistance.between($0, member.key) <= 3 ? "; is \($0) meant?" : nil }
            complain(member.key, "there is no such key" + (hint ?? "; there are: \(keys.joined(separator: ", "))"))
        }
    }

    // MARK: Values

    /// The mapping under a key; an empty one where there is none.
    package func section(_ key: String) -> InputSection {
        InputSection(context: context, path: join(key), value: value[key] ?? .null)
    }

    /// The mappings of a list.
    package func sections(_ key: String) -> [InputSection] {
        guard let list = value[key], list != .null else { return [] }
        guard case .array(let elements) = list else {
            complain(key, "a list was expected")
            return []
        }
        return elements.enumerated().map {
            InputSection(context: context, path: join("\(key).\($0)"), value: $1)
        }
    }

    /// A text.
    package func text(_ key: String) -> String? {
        guard let found = value[key], found != .null else { return nil }
        guard let text = found.text else {
            complain(key, "a text was expected")
            return nil
        }
        return text
    }

    /// A text that has to be there.
    package func required(_ key: String) -> String? {
        if value[key] == nil || value[key] == .null { complain(key, "it is missing") }
        return text(key)
    }

    /// A list of texts.
    package func texts(_ key: String) -> [String] {
        guard let found = value[key], found != .null else { return [] }
        if let one = found.text { return [one] }
        // A list that is not understood must not read as an empty one: for a key that would mean "everything".
        guard case .array = found else {
            complain(key, "a list of texts was expected")
            return []
        }
        return found.elements.enumerated().compactMap { position, element in
            if element.text == nil { complain("\(key).\(position)", "a text was expected") }
            return element.text
        }
    }

    /// A whole number in a range.
    package func number(_ key: String, _ range: ClosedRange<Int64>) -> Int64? {
        guard let found = value[key], found != .null else { return nil }
        guard let number = found.integer, range.contains(number) else {
            complain(key, "a whole number from \(range.lowerBound) to \(range.upperBound) was expected")
            return nil
        }
        return number
    }

    /// A number in a range.
    package func fraction(_ key: String, _ range: ClosedRange<Double>) -> Double? {
        guard let found = value[key], found != .null else { return nil }
        guard let number = found.text.flatMap({ Double($0) }), range.contains(number) else {
            complain(key, "a number from \(range.lowerBound) to \(range.upperBound) was expected")
            return nil
        }
        return number
    }

    /// A flag.
    package func flag(_ key: String) -> Bool? {
        switch value[key] {
        case .none, .null: return nil
        case .bool(let flag): return flag
        default:
            complain(key, "true or false was expected")
            return nil
        }
    }

    /// Seconds, perhaps with decimals, as milliseconds.
    package func milliseconds(_ key: String) -> Int64? {
        fraction(key, 0.001...86_400).map { Int64(($0 * 1_000).rounded()) }
    }

    /// One of several words.
    package func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _ type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let text = text(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            complain(key, "\"\(text)\" is none of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return choice
    }

    /// A day or a moment.
    package func moment(_ key: String) -> Timestamp? {
        guard let text = text(key) else { return nil }
        guard let moment = Timestamp.read(text) else {
            complain(key, "\"\(text)\" is no date; write 2027-01-01")
            return nil
        }
        return moment
    }

    private func join(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
