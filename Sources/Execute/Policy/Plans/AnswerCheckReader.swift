internal import Domain
internal import Inputs
internal import JSONScan

/// Reads what an answer has to pass.
enum AnswerCheckReader {
    private static let words = ["json", "tool_calls"]
    private static let kinds = ["json_schema", "regex", "least_logprob", "judge"]

    /// Reads the list under `checks`; a single word stands for a list of one.
    static func read(_ section: InputSection) -> [AnswerCheck] {
        guard let found = section.value["checks"], found != .null else { return [] }
        if found.text != nil { return [check(found, section, "checks")].compactMap { $0 } }
        guard case .array(let elements) = found else {
            section.complain("checks", "a list was expected")
            return []
        }
        return elements.enumerated().compactMap { check($1, section, "checks.\($0)") }
    }

    private static func check(_ value: JSONValue, _ section: InputSection, _ key: String) -> AnswerCheck? {
        let path = section.path.isEmpty ? key : section.path + "." + key
        let own = InputSection(context: section.context, path: path, value: value)
        switch value.text {
        case "json": return .json
        case "tool_calls": return .toolCalls
        case .some(let text):
            own.complain(
                nil,
                kinds.contains(text)
                    ? "\(text) needs terms: {\(text): …}"
                    : "\"\(text)\" is none of \((words + kinds).joined(separator: ", "))")
            return nil
        case nil: return described(own)
        }
    }

    private static func described(_ check: InputSection) -> AnswerCheck? {
        check.allow(kinds)
        guard check.value.members.count == 1, let (kind, value) = check.value.members.first.map({ ($0.key, $0.value) })
        else {
            check.complain(nil, "one check was expected")
            return nil
        }
        switch kind {
        case "json_schema":
            guard case .object = value else {
                check.complain(kind, "a JSON schema was expected, as a mapping")
                return nil
            }
            if let problem = CascadeCheck.jsonSchema(value).problem { check.complain(kind, "the schema \(problem)") }
            return .jsonSchema(value.compactText)
        case "regex": return pattern(check)
        case "least_logprob":
            if value == .null { check.complain(kind, "a number of at most 0 was expected") }
            return check.fraction(kind, -1e6...0).map { .leastLogprob($0) }
        case "judge": return QualityReader.model(check.section(kind)).map { .judge($0) }
        default: return nil
        }
    }

    private static func pattern(_ check: InputSection) -> AnswerCheck? {
        guard let pattern = check.required("regex") else { return nil }
        if let problem = CascadeCheck.pattern(pattern).problem { check.complain("regex", problem) }
        return .pattern(pattern)
    }
}
