package import Domain

/// What a commitment cost, and what used it: provisioned throughput, reserved capacity, or spend agreed on ahead.
///
/// Its effective cost is spread over the tokens that used it, weighted by their list price: a million output tokens take
/// more of a model's capacity than a million read from a cache, in about the proportion of their prices. Effective cost
/// is what savings are told with, billed cost what cash is.
package struct CommitmentUse: Sendable, Hashable {
    /// What used it.
    package struct Share: Sendable, Hashable {
        /// The customer, team or whatever was asked for; `nil` where records name none.
        package let name: String?
        /// Tokens that used it.
        package let tokens: Int64
        /// What the list asks for them.
        package let list: NanoUSD
        /// Its part of the commitment.
        package let cost: NanoUSD
    }

    /// Who sells it.
    package let provider: String
    /// The models that it is for, in alphabetical order; empty for any.
    package let models: [String]
    /// Billed for it in the period: cash.
    package let billed: NanoUSD
    /// Its cost in the period, spread over its time.
    package let effective: NanoUSD
    /// Of the effective cost, what nobody used.
    package let unused: NanoUSD
    /// Whether the bill itself says what was used; else what the list asks for the use is the measure.
    package let isStated: Bool
    /// What used it, the dearest first; their costs sum to what was used, to the nano-dollar.
    package let shares: [Share]

    /// Of the effective cost, what was used.
    package var used: NanoUSD { effective - unused }
    /// What the list asks for the use.
    package var list: NanoUSD { shares.reduce(.zero) { $0 + $1.list } }
}
