internal import JSONScan

/// Translates LiteLLM's list of models into upstreams and aliases.
struct LiteLLMModels {
    /// A model of a server.
    struct Target {
        let upstream: String
        let model: String
        let kind: UpstreamKind
    }

    private var servers: [(name: String, server: LiteLLMServer)] = []
    private var pricedAs: [String: [(model: String, price: String)]] = [:]
    /// Names that callers use, and what they stand for.
    var aliases: [(name: String, targets: [Target])] = []
    /// The names in each access group.
    private(set) var groups: [String: [String]] = [:]
    private var notes: [String] = []

    private static let taken = ["model", "api_base", "base_url", "api_key", "organization"]
    /// What only describes an entry.
    private static let descriptive = ["id", "mode", "base_model", "access_groups", "db_model", "description"]

    /// Adds an entry of `model_list`.
    mutating func add(_ entry: JSONValue) {
        let (parameters, information) = (entry["litellm_params"] ?? .null, entry["model_info"] ?? .null)
        guard let name = entry["model_name"]?.text, let full = parameters["model"]?.text else {
            notes.append("an entry of model_list without model_name or litellm_params.model")
            return
        }
        do throws(LiteLLMServer.Gap) {
            let (server, model) = try LiteLLMServer.read(parameters, model: full)
            let target = Target(upstream: upstream(server), model: model, kind: server.kind)
            if let base = information["base_model"]?.text { price(target, as: base) }
            add(target, to: name)
        } catch {
            notes.append("model \(name): \(error.reason)")
            return
        }
        for group in information["access_groups"]?.elements.compactMap(\.text) ?? [] {
            groups[group, default: []].append(name)
        }
        let lost =
            parameters.members.filter { !Self.taken.contains($0.key) && $0.value != .null }.map(\.key)
            + information.members.filter { !Self.descriptive.contains($0.key) && $0.value != .null }.map(\.key)
        if lost.isEmpty { return }
        notes.append(
            "model \(name): \(lost.joined(separator: ", ")) (limits are per key; prices belong into a price file)")
    }

    private mutating func add(_ target: Target, to name: String) {
        if name.contains("*") {
            notes.append(
                "model \(name): aliases have no *; callers name the model alone or as \(target.upstream)/MODEL")
        } else if let position = aliases.firstIndex(where: { $0.name == name }) {
            aliases[position].targets.append(target)
        } else {
            aliases.append((name, [target]))
        }
    }

    private mutating func price(_ target: Target, as base: String) {
        let price = String(base.split(separator: "/").last ?? "")
        guard price != target.model else { return }
        if pricedAs[target.upstream]?.contains(where: { $0.model == target.model }) ?? false { return }
        pricedAs[target.upstream, default: []].append((target.model, price))
    }

    private mutating func upstream(_ server: LiteLLMServer) -> String {
        if let known = servers.first(where: { $0.server == server }) { return known.name }
        var name = server.name
        var number = 1
        while servers.contains(where: { $0.name == name }) {
            number += 1
            name = "\(server.name)-\(number)"
        }
        servers.append((name, server))
        return name
    }

    /// What was not taken over, with what callers have to know of other providers' APIs.
    var allNotes: [String] {
        let apis = [(UpstreamKind.anthropic, "/v1/messages"), (.gemini, "/v1beta/models/…")]
        let foreign = apis.compactMap { kind, path -> String? in
            let names = aliases.filter { $0.targets.contains { $0.kind == kind } }.map(\.name)
            return names.isEmpty
                ? nil : "\(names.joined(separator: ", ")) by OpenAI's API: requests are not translated; call \(path)"
        }
        return notes + foreign
    }

    /// The sections `upstreams` and `models`.
    var text: String {
        var text = servers.isEmpty ? "" : "upstreams:\n"
        for (name, server) in servers { text += "  - {\(parts(name, server).joined(separator: ", "))}\n" }
        if !aliases.isEmpty { text += "models:\n" }
        for (name, targets) in aliases {
            let list = targets.map {
                "{upstream: \(YAMLText.quoted($0.upstream)), model: \(YAMLText.quoted($0.model))}"
            }
            text += "  - {name: \(YAMLText.quoted(name)), targets: [\(list.joined(separator: ", "))]}\n"
        }
        for (name, server) in servers where Self.isLiteral(server.key) {
            text += "# The key of \(name) stood in the file; put it into the environment as \(variable(name)).\n"
        }
        return text
    }

    private func parts(_ name: String, _ server: LiteLLMServer) -> [String] {
        var parts = ["name: \(YAMLText.quoted(name))", "kind: \(server.kind.rawValue)"]
        if let url = server.url { parts.append("base_url: \(YAMLText.quoted(url))") }
        if let key = server.key {
            parts.append("credentials: \(YAMLText.list([Self.isLiteral(key) ? "${\(variable(name))}" : key]))")
        }
        if let provider = server.provider { parts.append("provider: \(YAMLText.quoted(provider))") }
        if let organization = server.organization {
            parts.append("headers: {OpenAI-Organization: \(YAMLText.quoted(organization))}")
        }
        if let priced = pricedAs[name] {
            let list = priced.map { "\(YAMLText.quoted($0.model)): \(YAMLText.quoted($0.price))" }
            parts.append("priced_as: {\(list.joined(separator: ", "))}")
        }
        return parts
    }

    private static func isLiteral(_ key: String?) -> Bool { key.map { !$0.hasPrefix("${") } ?? false }

    /// A variable for a key that stood in the file; another than those that the file refers to.
    private func variable(_ name: String) -> String {
        let usual = name.uppercased().replacing("-", with: "_") + "_API_KEY"
        return servers.contains { $0.server.key == "${\(usual)}" } ? "PAYBACK_" + usual : usual
    }
}
