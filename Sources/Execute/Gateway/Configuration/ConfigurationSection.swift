internal import Domain
internal import Inputs
internal import JSONScan

/// One mapping of the file while it is read: values by their keys, and a complaint for everything that is not right.
struct ConfigurationSection {
    /// What all sections of one reading share.
    final class Context {
        let document: YAMLDocument
        let environment: [String: String]
        let readFile: (String) throws(InputError) -> String
        var problems: [ConfigurationProblem] = []

        init(
            document: YAMLDocument, environment: [String: String],
            readFile: @escaping (String) throws(InputError) -> String
        ) { (self.document, self.environment, self.readFile) = (document, environment, readFile) }
    }

    let context: Context
    let path: String
    let value: JSONValue

    /// Complains about something at a key.
    func complain(_ key: String?, _ message: String, severity: ConfigurationProblem.Severity = .error) {
        let full = [path, key ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
        let line = context.document.line(of: full) ?? context.document.line(of: path)
        context.problems.append(
            ConfigurationProblem(
                file: context.document.file, line: line, path: full, severity: severity, message: message))
    }

    /// Complains about keys that do not exist, and about a value that is no mapping.
    func allow(_ keys: [String]) {
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
    func section(_ key: String) -> ConfigurationSection {
        ConfigurationSection(context: context, path: join(key), value: value[key] ?? .null)
    }

    /// The mappings of a list.
    func sections(_ key: String) -> [ConfigurationSection] {
        guard let list = value[key], list != .null else { return [] }
        guard case .array(let elements) = list else {
            complain(key, "a list was expected")
            return []
        }
        return elements.enumerated().map {
            ConfigurationSection(context: context, path: join("\(key).\($0)"), value: $1)
        }
    }

    /// A text.
    func text(_ key: String) -> String? {
        guard let found = value[key], found != .null else { return nil }
        guard let text = found.text else {
            complain(key, "a text was expected")
            return nil
        }
        return text
    }

    /// A text that has to be there.
    func required(_ key: String) -> String? {
        if value[key] == nil || value[key] == .null { complain(key, "it is missing") }
        return text(key)
    }

    /// A list of texts.
    func texts(_ key: String) -> [String] {
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

    /// The texts under the keys of a mapping, with `${NAME}` in them replaced.
    func pairs(_ key: String) -> [String: String] {
        guard let found = value[key], found != .null else { return [:] }
        guard case .object(let members) = found else {
            complain(key, "a mapping of texts was expected")
            return [:]
        }
        var pairs: [String: String] = [:]
        for member in members {
            guard let text = member.value.text else {
                complain("\(key).\(member.key)", "a text was expected")
                continue
            }
            pairs[member.key] = expanded(text, "\(key).\(member.key)")
        }
        return pairs
    }

    /// A whole number in a range.
    func number(_ key: String, _ range: ClosedRange<Int64>) -> Int64? {
        guard let found = value[key], found != .null else { return nil }
        guard let number = found.integer, range.contains(number) else {
            complain(key, "a whole number from \(range.lowerBound) to \(range.upperBound) was expected")
            return nil
        }
        return number
    }

    /// A number in a range.
    func fraction(_ key: String, _ range: ClosedRange<Double>) -> Double? {
        guard let found = value[key], found != .null else { return nil }
        guard let number = found.text.flatMap({ Double($0) }), range.contains(number) else {
            complain(key, "a number from \(range.lowerBound) to \(range.upperBound) was expected")
            return nil
        }
        return number
    }

    /// Seconds, perhaps with decimals, as milliseconds.
    func milliseconds(_ key: String) -> Int64? {
        fraction(key, 0.001...86_400).map { Int64(($0 * 1_000).rounded()) }
    }

    /// One of several words.
    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _ type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let text = text(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            complain(key, "\"\(text)\" is none of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return choice
    }

    /// A day or a moment.
    func moment(_ key: String) -> Timestamp? {
        guard let text = text(key) else { return nil }
        guard let moment = Timestamp.read(text) else {
            complain(key, "\"\(text)\" is no date; write 2027-01-01")
            return nil
        }
        return moment
    }

    // MARK: Secrets

    /// A secret under a key: `${NAME}`, `file:PATH`, or as it is.
    func secret(_ key: String) -> Secret? {
        guard let text = text(key) else { return nil }
        return resolve(text, key)
    }

    /// Secrets in a list.
    func secrets(_ key: String) -> [Secret] {
        texts(key).enumerated().compactMap { resolve($1, "\(key).\($0)") }
    }

    /// A text under a key with `${NAME}` in it replaced: addresses often differ between environments.
    func expandedText(_ key: String) -> String? { text(key).flatMap { expanded($0, key) } }

    /// Replaces each `${NAME}`; `nil`, with a complaint, where the environment does not have it.
    private func expanded(_ text: String, _ key: String) -> String? {
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            guard var found = variable(String(rest[start.upperBound..<end]), key) else { return nil }
            result += rest[..<start.lowerBound]
            rest = rest[rest.index(after: end)...]
            while rest.hasPrefix("/"), found.hasSuffix("/") { found.removeLast() }
            result += found
        }
        return result + rest
    }

    private func variable(_ name: String, _ key: String) -> String? {
        guard let found = context.environment[name]?.nonEmpty else {
            complain(key, "the environment has no variable \(name)")
            return nil
        }
        return found
    }

    private func resolve(_ text: String, _ key: String) -> Secret? {
        if text.hasPrefix("${"), text.hasSuffix("}") {
            return variable(String(text.dropFirst(2).dropLast()), key).map { Secret($0) }
        }
        if text.hasPrefix("file:") {
            let path = String(text.dropFirst(5))
            do throws(InputError) {
                let found = try context.readFile(path).trimmedLines
                if found.isEmpty { complain(key, "\(path) is empty; put the secret into it") }
                return found.nonEmpty.map { Secret($0) }
            } catch {
                complain(key, error.description)
                return nil
            }
        }
        complain(key, "a secret stands in the file itself; write ${NAME} or file:PATH instead", severity: .warning)
        return Secret(text)
    }

    private func join(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

extension String {
    /// Without white space and line ends around it.
    fileprivate var trimmedLines: String {
        var text = self[...]
        while text.first?.isWhitespace ?? false { text.removeFirst() }
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return String(text)
    }
}
