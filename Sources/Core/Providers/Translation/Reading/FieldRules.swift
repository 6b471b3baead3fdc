import JSONScan

/// What becomes of the members of an object that have no place in a ``ChatRequest``.
struct FieldRules {
    /// Members that may be left out, with what is said of them: they change neither the question nor the answer.
    var harmless: [String: String] = [:]
    /// Values that say what holds anyhow.
    var defaults: [String: [JSONValue]] = [:]
    /// Members that only this API has, with what to do.
    var refused: [String: String] = [:]

    /// Refuses a member, or notes that it is left out.
    func judge(
        _ member: JSONValue.Member, at path: String, _ notes: inout [TranslationNote]
    ) throws(TranslationProblem) {
        if defaults[member.key]?.contains(where: { Self.isSame($0, member.value) }) ?? false { return }
        if let change = harmless[member.key] {
            notes.append(TranslationNote(path, change))
            return
        }
        let reason = refused[member.key] ?? "is not a field that Payback can translate; leave it out."
        throw .unsupported(path, reason)
    }

    /// Whether two values are the same, numbers by what they are.
    private static func isSame(_ first: JSONValue, _ second: JSONValue) -> Bool {
        if case .number = first, case .number = second { return first.integer == second.integer }
        return first == second
    }

    static let none = FieldRules()
    /// Marks of what is to be cached: they change the price of an answer only.
    static let cacheMark = "left out: marks for prompt caching are the provider's own, and change the price only."
}
