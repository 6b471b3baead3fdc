internal import JSONScan

/// Translates retries, time limits, fallbacks and names of groups, which may stand in two sections.
struct LiteLLMSettings {
    private var attempts: Int64?
    private var seconds: String?
    private var fallbacks: [(name: String, others: [String])] = []
    private var groupAliases: [(name: String, group: String)] = []
    private(set) var notes: [String] = []

    /// Adds a section; what an earlier one has said counts.
    mutating func add(_ section: JSONValue, of name: String) {
        for member in section.members where member.value != .null {
            switch member.key {
            case "num_retries": addRetries(member.value, name)
            case "request_timeout", "timeout": addTimeout(member, name)
            case "fallbacks":
                for pair in member.value.elements.flatMap(\.members) {
                    fallbacks.append((pair.key, pair.value.elements.compactMap(\.text)))
                }
            case "model_group_alias":
                for pair in member.value.members {
                    groupAliases.append((pair.key, pair.value.text ?? pair.value["model"]?.text ?? ""))
                }
            case "max_budget", "budget_duration", "max_end_user_budget", "timezone": break
            default: notes.append("\(name).\(member.key): it has no counterpart")
            }
        }
    }

    private mutating func addRetries(_ value: JSONValue, _ section: String) {
        guard let count = value.integer, count >= 0 else {
            notes.append("\(section).num_retries: it is no number")
            return
        }
        if let attempts {
            if attempts != min(count, 19) + 1 {
                notes.append("\(section).num_retries: an earlier section says otherwise")
            }
        } else {
            attempts = min(count, 19) + 1
        }
    }

    private mutating func addTimeout(_ member: JSONValue.Member, _ section: String) {
        guard let text = member.value.text, let number = Double(text), (0.001...86_400).contains(number) else {
            notes.append("\(section).\(member.key): it is no number of seconds")
            return
        }
        if seconds == nil {
            seconds = text
        } else if seconds != text {
            notes.append("\(section).\(member.key): an earlier section says otherwise")
        }
    }

    /// Puts fallbacks behind the targets of models, and adds the names of groups.
    mutating func apply(to models: inout LiteLLMModels) {
        let original = models.aliases
        for (name, others) in fallbacks {
            guard let position = models.aliases.firstIndex(where: { $0.name == name }) else {
                notes.append("fallbacks of \(name): there is no such model")
                continue
            }
            for other in others {
                let found = original.first { $0.name == other }?.targets ?? []
                // An upstream of another API would never be tried: requests are not translated.
                let fitting = found.filter { target in
                    models.aliases[position].targets.contains { Self.api($0.kind) == Self.api(target.kind) }
                }
                if fitting.isEmpty {
                    notes.append("fallback of \(name) to \(other): it is not there, or speaks another API")
                }
                models.aliases[position].targets += fitting
            }
        }
        for (name, group) in groupAliases {
            guard let found = models.aliases.first(where: { $0.name == group }),
                !models.aliases.contains(where: { $0.name == name })
            else {
                notes.append("model_group_alias \(name): its model is not there, or another has this name")
                continue
            }
            models.aliases.append((name, found.targets))
        }
    }

    private static func api(_ kind: UpstreamKind) -> UpstreamKind { kind == .openAICompatible ? .openAI : kind }

    /// The sections `retries` and `timeouts`.
    var text: String {
        (attempts.map { "retries: {attempts: \($0)}\n" } ?? "")
            + (seconds.map { "timeouts: {first_byte_seconds: \($0)}\n" } ?? "")
    }
}
