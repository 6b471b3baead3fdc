internal import Domain
internal import Inputs
internal import JSONScan

/// Reads upstreams and the names of models.
enum UpstreamReader {
    static func upstreams(_ root: InputSection, general: CallTimeouts) -> [Upstream] {
        var names: Set<String> = []
        return root.sections("upstreams").compactMap { section in
            section.allow([
                "name", "kind", "base_url", "credentials", "region", "access_key_id", "secret_access_key",
                "session_token", "provider", "priced_as", "timeouts", "headers",
            ])
            guard let name = section.required("name"), let kind = kind(section) else { return nil }
            if !names.insert(name).inserted { section.complain("name", "\"\(name)\" is given twice") }
            let region = region(section, kind)
            var upstream = Upstream(name: name, kind: kind, baseURL: address(section, kind, region))
            upstream.credentials = section.secrets("credentials")
            (upstream.region, upstream.accessKey) = (region, accessKey(section, upstream, region))
            upstream.provider = section.text("provider")
            upstream.pricedAs = section.pairs("priced_as")
            upstream.headers = section.pairs("headers")
            if section.value["timeouts"] != nil {
                upstream.timeouts = timeouts(section.section("timeouts"), over: general)
            }
            return upstream
        }
    }

    /// Where it is; empty, with a complaint, where that is not known. An address that is none is not shown: it may hold
    /// a password.
    private static func address(_ section: InputSection, _ kind: UpstreamKind, _ region: String?) -> String {
        let isStated = (section.value["base_url"] ?? .null) != .null
        guard let url = section.expandedText("base_url") ?? (isStated ? nil : standardURL(kind, region)) else {
            // Of Bedrock it is the region that is missing, and that has been said.
            if !isStated, kind != .bedrock {
                section.complain("base_url", "it is missing; this kind of server has no usual address")
            }
            return ""
        }
        let base = base(url, without: kind == .gemini ? "/v1beta" : "/v1")
        guard UpstreamAddress(base) != nil else {
            section.complain(
                "base_url", "it is no address; write https://HOST or http://HOST:PORT, without a user or password")
            return ""
        }
        return base
    }

    private static func kind(_ section: InputSection) -> UpstreamKind? {
        if section.required("kind") == nil { return nil }
        return section.choice("kind", UpstreamKind.self)
    }

    private static func standardURL(_ kind: UpstreamKind, _ region: String?) -> String? {
        switch kind {
        case .openAI: "https://api.openai.com"
        case .anthropic: "https://api.anthropic.com"
        case .gemini: "https://generativelanguage.googleapis.com"
        case .bedrock: region.map(bedrockURL)
        case .azure, .openAICompatible: nil
        }
    }

    /// A base URL without a slash or the API's version at its end: the callers' paths carry that.
    static func base(_ url: String, without version: String) -> String {
        var url = url
        while url.hasSuffix("/") { url.removeLast() }
        if url.hasSuffix(version) { url.removeLast(version.count) }
        return url
    }

    static func timeouts(_ section: InputSection, over general: CallTimeouts) -> CallTimeouts {
        section.allow(["connect_seconds", "first_byte_seconds", "idle_seconds"])
        var result = general
        result.connect = section.milliseconds("connect_seconds") ?? result.connect
        result.firstByte = section.milliseconds("first_byte_seconds") ?? result.firstByte
        result.idle = section.milliseconds("idle_seconds") ?? result.idle
        return result
    }

    static func routes(_ root: InputSection, upstreams: [Upstream]) -> [ModelRoute] {
        var names: Set<String> = []
        return root.sections("models").compactMap { section in
            section.allow(["name", "targets"])
            guard let name = section.required("name") else { return nil }
            if !names.insert(name).inserted { section.complain("name", "\"\(name)\" is given twice") }
            let targets = section.sections("targets").compactMap { target(of: $0, upstreams) }
            if targets.isEmpty { section.complain("targets", "at least one target is needed: {upstream: …, model: …}") }
            return ModelRoute(name: name, targets: targets)
        }
    }

    private static func target(of section: InputSection, _ upstreams: [Upstream]) -> ModelTarget? {
        section.allow(["upstream", "model"])
        guard let name = section.required("upstream"), let model = section.required("model") else { return nil }
        if !upstreams.contains(where: { $0.name == name }) {
            section.complain(
                "upstream",
                "there is no upstream \"\(name)\"; there are: \(upstreams.map(\.name).joined(separator: ", "))")
        }
        return ModelTarget(upstream: name, model: model)
    }
}
