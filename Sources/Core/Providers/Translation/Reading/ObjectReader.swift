import JSONScan

/// Reads the members of an object, each once, and knows which it has not read: those are refused or dropped by name.
struct ObjectReader {
    /// How the keys of an API are spelt.
    enum Spelling {
        case asWritten
        /// Google's APIs take `camelCase` and `snake_case` alike.
        case camelCase
    }

    let path: String
    private let members: [JSONValue.Member]
    /// How the caller spells a key, where that is not how it is looked for.
    private var spelt: [String: String] = [:]
    private var unread: Set<String> = []

    /// - Throws: where it is no object, or a key stands in it twice.
    init(_ value: JSONValue, at path: String, spelling: Spelling = .asWritten) throws(TranslationProblem) {
        guard case .object(let members) = value else { throw .malformed(path, "has to be an object.") }
        self.path = path
        guard spelling == .camelCase else {
            self.members = members
            try noteKeys()
            return
        }
        self.members = members.map { JSONValue.Member(key: Self.camelCased($0.key), value: $0.value) }
        for (member, written) in zip(self.members, members) where member.key != written.key {
            spelt[member.key] = written.key
        }
        try noteKeys()
    }

    private mutating func noteKeys() throws(TranslationProblem) {
        for member in members where !unread.insert(member.key).inserted {
            throw .malformed(self.path(of: member.key), "is given twice.")
        }
    }

    func path(of key: String) -> String {
        let written = spelt[key] ?? key
        return path.isEmpty ? written : "\(path).\(written)"
    }

    /// The value of a key; `nil` where it is missing or null.
    mutating func value(_ key: String) -> JSONValue? {
        guard unread.remove(key) != nil, let member = members.first(where: { $0.key == key }) else { return nil }
        return member.value == .null ? nil : member.value
    }

    mutating func text(_ key: String) throws(TranslationProblem) -> String? {
        guard let value = value(key) else { return nil }
        guard case .string(let text) = value else { throw .malformed(path(of: key), "has to be a string.") }
        return text
    }

    mutating func requiredText(_ key: String) throws(TranslationProblem) -> String {
        guard let text = try text(key), !text.isEmpty else { throw .malformed(path(of: key), "is missing or empty.") }
        return text
    }

    mutating func flag(_ key: String) throws(TranslationProblem) -> Stated<Bool>? {
        guard let value = value(key) else { return nil }
        guard case .bool(let flag) = value else { throw .malformed(path(of: key), "has to be true or false.") }
        return Stated(flag, at: path(of: key))
    }

    mutating func number(_ key: String) throws(TranslationProblem) -> Stated<ChatNumber>? {
        guard let value = value(key) else { return nil }
        guard case .number(let text) = value, let number = ChatNumber(text) else {
            throw .malformed(path(of: key), "has to be a number.")
        }
        return Stated(number, at: path(of: key))
    }

    mutating func integer(_ key: String) throws(TranslationProblem) -> Stated<Int64>? {
        guard let value = value(key) else { return nil }
        guard case .number = value, let integer = value.integer else {
            throw .malformed(path(of: key), "has to be a whole number.")
        }
        return Stated(integer, at: path(of: key))
    }

    mutating func object(
        _ key: String, spelling: Spelling = .asWritten
    ) throws(TranslationProblem) -> ObjectReader? {
        guard let value = value(key) else { return nil }
        return try ObjectReader(value, at: path(of: key), spelling: spelling)
    }

    /// The elements of an array with their paths; `nil` where it is missing or null.
    mutating func array(_ key: String) throws(TranslationProblem) -> [(value: JSONValue, path: String)]? {
        guard let value = value(key) else { return nil }
        return try Self.elements(of: value, at: path(of: key))
    }

    static func elements(
        of value: JSONValue, at path: String
    ) throws(TranslationProblem) -> [(value: JSONValue, path: String)] {
        guard case .array(let elements) = value else { throw .malformed(path, "has to be an array.") }
        return elements.enumerated().map { ($0.element, "\(path)[\($0.offset)]") }
    }

    /// The strings of an array.
    mutating func texts(_ key: String) throws(TranslationProblem) -> [String]? {
        guard let elements = try array(key) else { return nil }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element.value else { throw .malformed(element.path, "has to be a string.") }
            texts.append(text)
        }
        return texts
    }

    /// Refuses what has not been read, or notes it where it may be left out.
    func finish(_ rules: FieldRules, _ notes: inout [TranslationNote]) throws(TranslationProblem) {
        for member in members where unread.contains(member.key) && member.value != .null {
            try rules.judge(member, at: path(of: member.key), &notes)
        }
    }

    /// A key of several words as Google's APIs spell it first, `anyOf` for `any_of`.
    static func camelCased(_ key: String) -> String {
        guard key.contains("_"), !key.hasPrefix("_") else { return key }
        let words = key.split(separator: "_")
        return words.dropFirst().reduce(String(words.first ?? "")) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }
}
