internal import Domain

/// Who is charged.
struct ShowbackOwner: Hashable {
    /// A team or customer; `nil` for nobody.
    let name: String?
    let costCenter: String?
}

/// What owners' use comes to while one rule for shared cost holds.
struct ShowbackSums {
    private(set) var own: [ShowbackOwner: UsageMeasures] = [:]
    /// What belongs to nobody.
    private(set) var pool = NanoUSD.zero

    mutating func add(_ measures: UsageMeasures, of owner: ShowbackOwner) {
        if owner.name == nil { pool += measures.cost }
        own[owner, default: UsageMeasures()] += measures
    }

    mutating func add(_ cost: NanoUSD) { pool += cost }

    /// Shares what belongs to nobody.
    ///
    /// - Returns: the parts, and what cannot be shared.
    func shared(by rule: SharedCostRule?) -> (parts: [ShowbackOwner: NanoUSD], left: NanoUSD) {
        let owners = own.keys.filter { $0.name != nil }.sorted(by: comesBefore)
        guard let rule, pool != .zero else { return ([:], pool) }
        if rule.method == .fixed {
            let named = rule.shares.map { share in
                owners.first { $0.name == share.name } ?? ShowbackOwner(name: share.name, costCenter: nil)
            }
            guard let parts = pool.split(by: rule.shares.map(\.weight)) else { return ([:], pool) }
            return (Dictionary(zip(named, parts), uniquingKeysWith: +), .zero)
        }
        guard let parts = rule.parts(of: pool, among: owners.map(cost)) else { return ([:], pool) }
        return (Dictionary(zip(owners, parts), uniquingKeysWith: +), .zero)
    }

    private func cost(_ owner: ShowbackOwner) -> NanoUSD { own[owner]?.cost ?? .zero }

    /// The dearest first.
    private func comesBefore(_ a: ShowbackOwner, _ b: ShowbackOwner) -> Bool {
        if cost(a) != cost(b) { return cost(a) > cost(b) }
        return (a.name ?? "", a.costCenter ?? "") < (b.name ?? "", b.costCenter ?? "")
    }
}
