internal import JSONScan

/// Translates LiteLLM's list of models into upstreams and aliases.
struct LiteLLMModels {
    private struct Server: Hashable {
        let kind: UpstreamKind
        let url: String?
        let key: String?
        let provider: String?
    }

    private var servers: [(name: String, server: Server)] = []
    private var aliases: [(name: String, targets: [(upstream: String, model: String)])] = []
    private var lines = ""
    private(set) var notes: [String] = []

    /// Where servers that speak OpenAI's API are, by LiteLLM's name of their provider.
    private static let compatible: [String: String] = [
        "groq": "https://api.groq.com/openai", "mistral": "https://api.mistral.ai",
        "deepseek": "https://api.deepseek.com", "xai": "https://api.x.ai", "together_ai": "https://api.together.xyz",
        "fireworks_ai": "https://api.fireworks.ai/inference", "openrouter": "https://openrouter.ai/api",
    ]

    /// Adds an entry of `model_list`.
    mutating func add(_ entry: JSONValue) {
        let parameters = entry["litellm_params"] ?? .null
        guard let name = entry["model_name"]?.text, let full = parameters["model"]?.text else {
            notes.append("an entry of model_list without model_name or litellm_params.model")
            return
        }
        guard let (server, model) = server(full, parameters) else {
            notes.append("model \(name): \(full) is served by an API that the gateway does not speak yet")
            return
        }
        let target = (upstream: upstream(server), model: model)
        if let position = aliases.firstIndex(where: { $0.name == name }) {
            aliases[position].targets.append(target)
        } else {
            aliases.append((name, [target]))
        }
        for key in ["rpm", "tpm", "input_cost_per_token", "output_cost_per_token"] where parameters[key] != nil {
            notes.append("model \(name): \(key) (limits are per key; prices belong into a price file)")
        }
    }

    private func server(_ full: String, _ parameters: JSONValue) -> (Server, String)? {
        let parts = full.split(separator: "/", maxSplits: 1).map(String.init)
        let prefix =
            parts.count == 2
            ? parts[0] : full.hasPrefix("claude") ? "anthropic" : full.hasPrefix("gemini") ? "gemini" : "openai"
        let model = parts.count == 2 ? parts[1] : full
        let (url, key) = (parameters["api_base"]?.text, parameters["api_key"]?.text)
        switch prefix {
        case "openai", "text-completion-openai":
            let isOther = url.map { !$0.contains("api.openai.com") } ?? false
            return (Server(kind: isOther ? .openAICompatible : .openAI, url: url, key: key, provider: nil), model)
        case "azure": return (Server(kind: .azure, url: url, key: key, provider: nil), model)
        case "anthropic": return (Server(kind: .anthropic, url: url, key: key, provider: nil), model)
        case "gemini": return (Server(kind: .gemini, url: url, key: key, provider: nil), model)
        case "hosted_vllm", "vllm", "ollama", "ollama_chat", "lm_studio", "llamafile":
            guard let url else { return nil }
            return (Server(kind: .openAICompatible, url: url, key: key, provider: "self-hosted"), model)
        default:
            guard let usual = Self.compatible[prefix] else { return nil }
            let provider = prefix.replacing("_ai", with: "")
            return (Server(kind: .openAICompatible, url: url ?? usual, key: key, provider: provider), model)
        }
    }

    private mutating func upstream(_ server: Server) -> String {
        if let known = servers.first(where: { $0.server == server }) { return known.name }
        let base = server.provider ?? server.kind.rawValue
        let taken = servers.filter { $0.name == base || $0.name.hasPrefix(base + "-") }.count
        let name = taken == 0 ? base : "\(base)-\(taken + 1)"
        servers.append((name, server))
        return name
    }

    /// Adds retries, time limits, fallbacks and names of groups.
    mutating func add(settings: JSONValue) {
        for member in settings.members {
            switch member.key {
            case "num_retries":
                if let count = member.value.integer { lines += "retries: {attempts: \(count + 1)}\n" }
            case "request_timeout", "timeout":
                if let seconds = member.value.text { lines += "timeouts: {first_byte_seconds: \(seconds)}\n" }
            case "fallbacks":
                for pair in member.value.elements.flatMap(\.members) {
                    fallBack(pair.key, pair.value.elements.compactMap(\.text))
                }
            case "model_group_alias":
                for pair in member.value.members { alias(pair.key, of: pair.value.text ?? "") }
            case "max_budget", "budget_duration": break
            default: notes.append("\(member.key): it has no counterpart")
            }
        }
    }

    private mutating func fallBack(_ name: String, _ others: [String]) {
        guard let position = aliases.firstIndex(where: { $0.name == name }) else { return }
        for other in others {
            guard let found = aliases.first(where: { $0.name == other }) else { continue }
            aliases[position].targets += found.targets
        }
    }

    private mutating func alias(_ name: String, of group: String) {
        guard let found = aliases.first(where: { $0.name == group }) else { return }
        aliases.append((name, found.targets))
    }

    /// The sections `upstreams` and `models`.
    var text: String {
        var text = "upstreams:\n"
        for (name, server) in servers {
            var parts = ["name: \(YAMLText.quoted(name))", "kind: \(server.kind.rawValue)"]
            if let url = server.url { parts.append("base_url: \(YAMLText.quoted(url))") }
            if let key = server.key { parts.append("credentials: [\(YAMLText.quoted(Self.reference(key, name)))]") }
            if let provider = server.provider { parts.append("provider: \(YAMLText.quoted(provider))") }
            text += "  - {\(parts.joined(separator: ", "))}\n"
        }
        text += "models:\n"
        for (name, targets) in aliases {
            let list = targets.map {
                "{upstream: \(YAMLText.quoted($0.upstream)), model: \(YAMLText.quoted($0.model))}"
            }
            text += "  - {name: \(YAMLText.quoted(name)), targets: [\(list.joined(separator: ", "))]}\n"
        }
        let copied = servers.filter { $0.server.key?.hasPrefix("os.environ/") == false }
        for (name, _) in copied {
            text += "# The key of \(name) stood in the file; put it into the environment as \(Self.variable(name)).\n"
        }
        return text + lines
    }

    private static func reference(_ key: String, _ name: String) -> String {
        YAMLText.secret(key, otherwise: variable(name)).reference
    }

    private static func variable(_ name: String) -> String { name.uppercased().replacing("-", with: "_") + "_API_KEY" }
}
