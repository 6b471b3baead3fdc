package import Domain
package import Pricing

/// Everything that a request is decided by, as it stood at one moment. Replaced whole when the configuration or the
/// registry changes; requests under way keep the one they began with.
package final class GatewaySnapshot: Sendable {
    /// What the operator decided.
    package let configuration: GatewayConfiguration
    /// What models cost.
    package let prices: PriceBook
    /// Tokenizers of models.
    let tokenizers: TokenizerSet
    /// Valid keys, by the 32 bytes of their secret's SHA-256.
    let keys: [KeyHash: VirtualKey]
    /// The plan in force; absent where nothing is to be done but pass.
    package let plan: LivePlan?
    /// Whether callers need a key.
    let requiresKey: Bool
    /// Where each upstream is, by its name.
    private let addresses: [String: UpstreamAddress]
    private let upstreams: [String: Upstream]
    private let routes: [String: ModelRoute]

    /// Creates a snapshot.
    ///
    /// - Parameters:
    ///   - keys: the keys of the file and the registry together.
    package init(
        configuration: GatewayConfiguration, prices: PriceBook, keys: [VirtualKey],
        tokenizers: TokenizerSet = TokenizerSet(), plan: LivePlan? = nil
    ) {
        (self.configuration, self.prices, self.tokenizers, self.plan) = (configuration, prices, tokenizers, plan)
        self.keys = Dictionary(keys.compactMap { key in KeyHash(hexadecimal: key.secretHash).map { ($0, key) } }) {
            $1.revokedAt == nil ? $1 : $0
        }
        switch configuration.authentication {
        case .required: requiresKey = true
        case .none: requiresKey = false
        case .automatic: requiresKey = !keys.isEmpty || !configuration.listen.isLoopback
        }
        upstreams = Dictionary(configuration.upstreams.map { ($0.name, $0) }) { first, _ in first }
        addresses = upstreams.compactMapValues { UpstreamAddress($0.baseURL) }
        routes = Dictionary(configuration.models.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The same configuration, prices and tokenizers with the registry's keys as they are now.
    ///
    /// - Parameters:
    ///   - registered: the keys of the registry; those of the configuration stay.
    ///   - plan: the plan in force.
    package func with(registered: [VirtualKey], plan: LivePlan?) -> GatewaySnapshot {
        GatewaySnapshot(
            configuration: configuration, prices: prices, keys: configuration.keys + registered,
            tokenizers: tokenizers, plan: plan)
    }

    /// An upstream by its name.
    func upstream(_ name: String) -> Upstream? { upstreams[name] }

    /// Where an upstream is.
    func address(of upstream: Upstream) -> UpstreamAddress? { addresses[upstream.name] }

    /// What a model's name stands for, where it is an alias.
    func route(_ model: String) -> ModelRoute? { routes[model] }
}

/// The SHA-256 of a secret.
struct KeyHash: Hashable, Sendable {
    let a: UInt64
    let b: UInt64
    let c: UInt64
    let d: UInt64

    init(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) { (self.a, self.b, self.c, self.d) = (a, b, c, d) }

    /// Reads 64 hexadecimal digits; `nil` for anything else.
    init?(hexadecimal text: String) {
        guard text.utf8.count == 64 else { return nil }
        var parts: [UInt64] = []
        var rest = text[...]
        while !rest.isEmpty {
            guard let part = UInt64(rest.prefix(16), radix: 16) else { return nil }
            parts.append(part)
            rest = rest.dropFirst(16)
        }
        self.init(parts[0], parts[1], parts[2], parts[3])
    }
}
