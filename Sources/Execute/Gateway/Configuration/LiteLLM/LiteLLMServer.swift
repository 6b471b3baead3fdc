internal import JSONScan

/// A server, as LiteLLM's parameters of a model describe it.
struct LiteLLMServer: Hashable {
    /// The API that it speaks.
    let kind: UpstreamKind
    /// What it is called here, before a number is put behind it.
    let name: String
    /// Where it is; `${NAME}` stands for the environment. Absent for the usual address.
    let url: String?
    /// `${NAME}`, or the key itself, which tells servers apart and is not copied; absent for none.
    let key: String?
    /// Who bills, where the kind does not tell.
    let provider: String?
    /// OpenAI's organization.
    let organization: String?

    /// Why a model cannot be taken over.
    struct Gap: Error { let reason: String }

    /// What LiteLLM assumes of a provider.
    private struct Usual {
        let kind: UpstreamKind
        var url: String?
        var urlVariable: String?
        var keyVariable: String?
        var provider: String?
    }

    /// By LiteLLM's name of the provider.
    private static let usual: [String: Usual] = [
        "openai": Usual(kind: .openAI, keyVariable: "OPENAI_API_KEY"),
        "text-completion-openai": Usual(kind: .openAI, keyVariable: "OPENAI_API_KEY"),
        "azure": Usual(
            kind: .openAICompatible, urlVariable: "AZURE_API_BASE", keyVariable: "AZURE_API_KEY", provider: "azure"),
        "anthropic": Usual(kind: .anthropic, keyVariable: "ANTHROPIC_API_KEY"),
        "gemini": Usual(kind: .gemini, keyVariable: "GEMINI_API_KEY"),
        "hosted_vllm": own("HOSTED_VLLM_API_BASE"), "vllm": own(nil), "lm_studio": own("LM_STUDIO_API_BASE"),
        "llamafile": own("LLAMAFILE_API_BASE"), "ollama": own("OLLAMA_API_BASE"), "ollama_chat": own("OLLAMA_API_BASE"),
        "groq": hosted("https://api.groq.com/openai", "GROQ_API_KEY", "groq"),
        "mistral": hosted("https://api.mistral.ai", "MISTRAL_API_KEY", "mistral"),
        "deepseek": hosted("https://api.deepseek.com", "DEEPSEEK_API_KEY", "deepseek"),
        "xai": hosted("https://api.x.ai", "XAI_API_KEY", "xai"),
        "together_ai": hosted("https://api.together.xyz", "TOGETHERAI_API_KEY", "together"),
        "fireworks_ai": hosted("https://api.fireworks.ai/inference", "FIREWORKS_AI_API_KEY", "fireworks"),
        "openrouter": hosted("https://openrouter.ai/api", "OPENROUTER_API_KEY", "openrouter"),
    ]

    private static func own(_ variable: String?) -> Usual {
        Usual(kind: .openAICompatible, urlVariable: variable, provider: "self-hosted")
    }

    private static func hosted(_ url: String, _ key: String, _ provider: String) -> Usual {
        Usual(kind: .openAICompatible, url: url, keyVariable: key, provider: provider)
    }

    /// Reads `litellm_params`.
    ///
    /// - Throws: ``Gap`` where the gateway cannot call such a server.
    static func read(_ parameters: JSONValue, model full: String) throws(Gap) -> (server: Self, model: String) {
        let (prefix, model) = split(full)
        if prefix.hasPrefix("bedrock") {
            throw Gap(
                reason:
                    "\(full) is Amazon Bedrock's: add an upstream of the kind bedrock, which callers reach by its own API"
            )
        }
        guard let usual = usual[prefix] else {
            throw Gap(reason: "\(full) is served by an API that the gateway does not speak yet")
        }
        let stated = parameters["api_base"]?.text ?? parameters["base_url"]?.text
        let url =
            try stated.map { (text) throws(Gap) in try address(text) } ?? usual.url
            ?? usual.urlVariable.map { "${\($0)}" }
        guard url != nil || usual.provider == nil else { throw Gap(reason: "\(full) needs an api_base") }
        let isOther = prefix.hasSuffix("openai") && !(url?.contains("api.openai.com") ?? true)
        let key = parameters["api_key"]?.text.map { YAMLText.reference($0) ?? $0 }
        // Somebody else's server is never sent the key for OpenAI.
        let usualKey = isOther ? nil : usual.keyVariable.map { "${\($0)}" }
        let kind = isOther ? UpstreamKind.openAICompatible : usual.kind
        let server = Self(
            kind: kind, name: usual.provider ?? kind.rawValue, url: prefix == "azure" ? url.map(azure) : url,
            key: key ?? usualKey, provider: usual.provider,
            organization: parameters["organization"]?.text.map { YAMLText.reference($0) ?? $0 })
        return (server, model)
    }

    /// `azure/o_series/d` → `azure` and `d`; without a prefix the model's name tells.
    private static func split(_ full: String) -> (String, String) {
        let parts = full.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
            return (full.hasPrefix("claude") ? "anthropic" : full.hasPrefix("gemini") ? "gemini" : "openai", full)
        }
        let markers = ["responses/", "o_series/", "gpt5_series/"]
        guard ["azure", "openai"].contains(parts[0]), let marker = markers.first(where: { parts[1].hasPrefix($0) })
        else { return (parts[0], parts[1]) }
        return (parts[0], String(parts[1].dropFirst(marker.count)))
    }

    /// An address that holds no secret.
    private static func address(_ text: String) throws(Gap) -> String {
        if let reference = YAMLText.reference(text) { return reference }
        guard !text.contains("@"), !text.contains("?") else {
            throw Gap(reason: "its api_base holds a user, a password or a query; give the upstream a plain address")
        }
        return text
    }

    /// Azure's own v1 API is OpenAI's: LiteLLM's callers speak that, not Azure's older paths.
    private static func azure(_ url: String) -> String {
        var url = url
        while url.hasSuffix("/") { url.removeLast() }
        return url.hasSuffix("/openai") || url.hasSuffix("/openai/v1") ? url : url + "/openai"
    }
}
