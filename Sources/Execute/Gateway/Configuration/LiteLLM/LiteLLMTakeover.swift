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
    package init(_ document: YAMLDocument, keys: [JSONValue] = []) {
        var models = LiteLLMModels()
        for entry in document.root["model_list"]?.elements ?? [] { models.add(entry) }
        models.add(settings: document.root["router_settings"] ?? .null)
        models.add(settings: document.root["litellm_settings"] ?? .null)
        var governance = LiteLLMGovernance()
        governance.add(settings: document.root["litellm_settings"] ?? .null)
        governance.add(general: document.root["general_settings"] ?? .null)
        for key in keys { governance.add(key: key) }
        for member in document.root.members where !Self.sections.contains(member.key) {
            governance.notes.append("\(member.key): it has no counterpart")
        }
        notes = models.notes + governance.notes
        text =
            "# Taken over from \(document.file.split(separator: "/").last ?? "config.yaml") of LiteLLM. Check it with: payback config check\n"
            + models.text + governance.text + notes.map { "# not taken over: \($0)\n" }.joined()
    }

    private static let sections = ["model_list", "router_settings", "litellm_settings", "general_settings"]
}

/// Writes YAML. Texts are quoted as JSON is, which YAML reads.
enum YAMLText {
    static func quoted(_ text: String) -> String { "\"\(JSONBytes.escaped(text))\"" }

    static func list(_ texts: [String]) -> String { "[" + texts.map(quoted).joined(separator: ", ") + "]" }

    /// `os.environ/NAME` is a name in the environment; anything else is a secret that is not copied.
    static func secret(_ text: String, otherwise name: String) -> (reference: String, isCopied: Bool) {
        text.hasPrefix("os.environ/") ? ("${\(text.dropFirst("os.environ/".count))}", true) : ("${\(name)}", false)
    }
}
