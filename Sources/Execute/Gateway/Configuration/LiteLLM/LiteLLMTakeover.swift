package import Inputs
package import JSONScan

/// Takes a LiteLLM configuration over: models, budgets, and keys by their hashes, so that callers keep their keys.
///
/// Nothing is dropped silently: what has no counterpart stands in the result as a comment, and in `notes`.
package struct LiteLLMTakeover: Sendable {
    /// The text of a `payback.yaml`.
    package let text: String
    /// What was not taken over, or not as it was.
    package let notes: [String]

    /// Translates a configuration.
    ///
    /// - Parameters:
    ///   - document: LiteLLM's `config.yaml`.
    ///   - keys: rows of its table of verification tokens, as JSON objects.
    /// - Throws: ``InputError`` where the document is no configuration of LiteLLM's.
    package init(_ document: YAMLDocument, keys: [JSONValue] = []) throws(InputError) {
        let root = document.root.withMergeKeys
        guard Self.sections.contains(where: { root[$0] != nil }) else {
            throw InputError(
                .unrecognised, file: document.file,
                "It is not a configuration of LiteLLM's: there is no model_list. Name the file that litellm --config reads."
            )
        }
        var models = LiteLLMModels()
        for entry in root["model_list"]?.elements ?? [] { models.add(entry) }
        var settings = LiteLLMSettings()
        settings.add(root["router_settings"] ?? .null, of: "router_settings")
        settings.add(root["litellm_settings"] ?? .null, of: "litellm_settings")
        settings.apply(to: &models)
        var governance = LiteLLMGovernance(groups: models.groups)
        governance.add(settings: root["litellm_settings"] ?? .null)
        governance.add(general: root["general_settings"] ?? .null)
        for key in keys { governance.add(key: key) }
        let unknown = root.members.map(\.key).filter { !Self.sections.contains($0) }
            .map { "\($0): it has no counterpart" }
        // A name with a line feed in it must not end the comment that it stands in.
        notes = (models.allNotes + settings.notes + governance.notes + unknown).map(YAMLText.line)
        let file = YAMLText.line(String(document.file.split(separator: "/").last ?? "config.yaml"))
        text =
            "# Taken over from \(file) of LiteLLM. Check it with: payback config check\n" + governance.authentication
            + models.text + settings.text + governance.text + notes.map { "# not taken over: \($0)\n" }.joined()
    }

    private static let sections = ["model_list", "router_settings", "litellm_settings", "general_settings"]
}

/// Writes YAML. Texts are quoted as JSON is, which YAML reads.
enum YAMLText {
    static func quoted(_ text: String) -> String { "\"\(JSONText.escaped(text))\"" }

    static func list(_ texts: [String]) -> String { "[" + texts.map(quoted).joined(separator: ", ") + "]" }

    /// `os.environ/NAME` as our own files write it; `nil` for anything else.
    static func reference(_ text: String) -> String? {
        text.hasPrefix("os.environ/") ? "${\(text.dropFirst("os.environ/".count))}" : nil
    }

    /// The text on one line.
    static func line(_ text: String) -> String { String(text.map { $0.isNewline ? " " : $0 }) }
}

extension JSONValue {
    /// With YAML's merge keys (`<<: *defaults`) put in.
    fileprivate var withMergeKeys: JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map(\.withMergeKeys))
        case .object(let members):
            var own = members.filter { $0.key != "<<" }.map { Member(key: $0.key, value: $0.value.withMergeKeys) }
            for member in members where member.key == "<<" {
                let sources = member.value.elements.isEmpty ? [member.value] : member.value.elements
                for inherited in sources.flatMap(\.withMergeKeys.members) {
                    if !own.contains(where: { $0.key == inherited.key }) { own.append(inherited) }
                }
            }
            return .object(own)
        default: return self
        }
    }
}
