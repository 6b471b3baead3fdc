import JSONScan

extension JSONValue {
    /// An object of the members that have a value.
    static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.compactMap { key, value in value.map { Member(key: key, value: $0) } })
    }

    /// A whole number.
    static func integer(_ value: Int64) -> JSONValue { .number(String(value)) }

    /// Reads a JSON object from its text; an empty text is an empty object, as some servers send it for calls without
    /// arguments. `nil` where it is none.
    static func object(from text: String) -> JSONValue? {
        if text.utf8.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) { return .object([]) }
        guard let value = try? JSONValue.parse(text), case .object = value else { return nil }
        return value
    }

    /// Reads a document that a caller or a provider sent.
    ///
    /// - Throws: ``TranslationProblem`` with an empty path.
    static func document(
        _ bytes: UnsafeBufferPointer<UInt8>, _ kind: TranslationProblem.Kind
    ) throws(TranslationProblem) -> JSONValue {
        do throws(JSONScanError) {
            return try parse(bytes)
        } catch {
            let place = error.position.map { " at byte \($0)" } ?? ""
            throw TranslationProblem(kind: kind, path: "", reason: "is not JSON: \(error.reason)\(place).")
        }
    }
}

extension Stated<ChatNumber> {
    /// The number as JSON.
    var json: JSONValue { .number(value.text) }
}

extension Stated<Int64> {
    /// The number as JSON.
    var json: JSONValue { .integer(value) }
}

extension Stated<ChatNumber> {
    /// The number as JSON.
    ///
    /// - Throws: ``TranslationProblem`` where the target takes no such number.
    func json(in range: ClosedRange<Double>, for target: String) throws(TranslationProblem) -> JSONValue {
        guard range.contains(value.value) else {
            throw .unsupported(
                path.text, "has to be between \(Int(range.lowerBound)) and \(Int(range.upperBound)) for \(target).")
        }
        return json
    }
}

extension Stated<[String]> {
    /// The texts as JSON.
    ///
    /// - Parameter most: how many the target takes, in words and as a number.
    /// - Throws: ``TranslationProblem`` where there are more.
    func json(atMost most: (count: Int, word: String), for target: String) throws(TranslationProblem) -> JSONValue {
        guard value.count <= most.count else {
            throw .unsupported(path.text, "has more than \(most.word) texts, and \(target) takes \(most.word).")
        }
        return .array(value.map(JSONValue.string))
    }
}
