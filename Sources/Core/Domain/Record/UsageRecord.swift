/// What happened: one upstream call, or one answer from a cache.
///
/// A record is a fixed-size value. Its names are terms of the batch's vocabulary, its free texts spans of the batch's
/// bytes (see ``RecordBatch``). Several records belong to one caller's request when retries, fallbacks or judges were
/// called for it; counts of requests count records whose `purpose` is ``CallPurpose/serve``.
package struct UsageRecord: Sendable, Hashable {
    // MARK: Identity

    /// Identifies the record within its ledger: a hash of the source and its id, else of the row and its ordinal.
    package var identity: UInt64 = 0
    /// Whether `identity` rests on an id of the source, not on the row's own bytes.
    package var hasSourceID = false
    /// The tool or provider that the record came from, for example `litellm`.
    package var source: Term = .absent
    /// Groups the calls of one caller's request.
    package var requestID: TextSpan = .empty
    /// The provider's own id of the response.
    package var responseID: TextSpan = .empty

    // MARK: What was called

    /// Who bills for the model, for example `openai`.
    package var provider: Term = .absent
    /// Who hosts it, where that is another, for example `azure`.
    package var hostProvider: Term = .absent
    /// The model that the caller asked for.
    package var requestedModel: Term = .absent
    /// The model that answered.
    package var model: Term = .absent
    /// The service tier that was served: `standard` when absent; `batch`, `flex`, `priority`.
    package var serviceTier: Term = .absent
    /// Region or inference geography.
    package var region: Term = .absent
    /// Why the call was made.
    package var purpose: CallPurpose = .serve
    /// Which attempt of its request this is, from 1.
    package var attempt: UInt16 = 1

    // MARK: For whom

    /// Customer, tenant or end user.
    package var customer: Term = .absent
    /// Product feature or use case.
    package var feature: Term = .absent
    /// Team that owns the feature.
    package var team: Term = .absent
    /// Environment, for example `production`.
    package var environment: Term = .absent
    /// Conversation or session.
    package var session: TextSpan = .empty
    /// Virtual key or credential that paid, by name or id, never the secret.
    package var credential: Term = .absent
    /// Free tags in canonical form: `key=value` sorted and joined with a line feed.
    package var tags: Term = .absent
    /// Arm of an experiment or holdout, for example `holdout`.
    package var experimentArm: Term = .absent

    // MARK: When, and how it went

    /// When the call started.
    package var startedAt = Timestamp.unknown
    /// From the start to the last byte, in microseconds; -1 where unknown.
    package var latency: Int64 = -1
    /// From the start to the first token, in microseconds; -1 where unknown.
    package var timeToFirstToken: Int64 = -1
    /// How it ended.
    package var status: CallStatus = .ok
    /// The HTTP status, 0 where unknown.
    package var httpStatus: UInt16 = 0

    // MARK: What it used and cost

    /// Tokens.
    package var usage: TokenUsage = .unknown
    /// Where the token counts come from.
    package var usageSource: UsageSource = .absent
    /// Things billed by the piece (searches, images, seconds): positions in the batch's `extras`.
    package var extras: ItemSpan = .empty
    /// What it cost; 0 where `costKind` is unpriced.
    package var cost: NanoUSD = .zero
    /// How the cost is known.
    package var costKind: CostKind = .unpriced
    /// The version of the price book that was applied.
    package var priceBookVersion: Term = .absent
    /// What the call would have cost as it was asked for; meaningful where `baselineMethod` is not absent.
    package var baseline: NanoUSD = .zero
    /// How the baseline was found, for example `as_asked`.
    package var baselineMethod: Term = .absent

    // MARK: The prompt

    /// Identity of the prompt; absent where the source gives neither text nor hash.
    package var prompt: PromptIdentity = .absent
    /// Template or prompt name, where the source names one or a template has been matched.
    package var template: Term = .absent
    /// The prompt's text while it is being read; never stored unless the operator turns that on.
    package var promptText: TextSpan = .empty

    // MARK: What the gateway did

    /// What was done with the request.
    package var action: GatewayAction = .pass
    /// Why.
    package var actionReason: Term = .absent
    /// The gateway's own account of the call, encoded; empty for records that others reported.
    package var trace: TextSpan = .empty

    /// Creates a record about which nothing is known.
    package init() {}

    /// Whether the record counts as a request.
    package var countsAsRequest: Bool { purpose == .serve }

    /// What the call costs as it was asked for: no cache of ours, the model and prompt that the caller sent; `nil` where
    /// that is not known.
    package var askedCost: NanoUSD? {
        if !baselineMethod.isAbsent { return baseline }
        return costKind == .unpriced ? nil : cost
    }

    /// What it adds to a baseline: calls that we made for ourselves add nothing, and neither does what has no price, which
    /// would look like a saving.
    package var baselineShare: NanoUSD {
        switch purpose {
        case .serve: costKind == .unpriced ? .zero : askedCost ?? .zero
        case .retry, .fallback: cost
        case .shadow, .judge, .embedding: .zero
        }
    }
}

/// Why a call was made.
package enum CallPurpose: UInt8, Sendable, CaseIterable {
    /// To answer the caller; only these count as requests.
    case serve
    /// Again, after a failure.
    case retry
    /// Elsewhere, after a failure.
    case fallback
    /// Beside the answer, to compare models.
    case shadow
    /// To judge an answer.
    case judge
    /// To embed a prompt for a cache or a router.
    case embedding

    /// The name in JSON and in the ledger.
    package var name: String { ["serve", "retry", "fallback", "shadow", "judge", "embedding"][Int(rawValue)] }
}

/// How a call ended.
package enum CallStatus: UInt8, Sendable, CaseIterable {
    /// With an answer.
    case ok
    /// With an error of the provider or of us.
    case failed
    /// Refused by a limit or a budget.
    case refused
    /// The caller left before the end.
    case cancelled

    /// The name in JSON and in the ledger.
    package var name: String { ["ok", "failed", "refused", "cancelled"][Int(rawValue)] }
}

/// What the gateway did with a request.
package enum GatewayAction: UInt8, Sendable, CaseIterable {
    /// Passed it through.
    case pass
    /// Answered from the exact cache.
    case exactCacheHit
    /// Answered from the semantic cache.
    case semanticCacheHit
    /// Sent it to another model.
    case routed
    /// Changed the prompt.
    case promptAdjusted
    /// Left it untouched on purpose, to measure against.
    case heldOut

    /// The name in JSON and in the ledger.
    package var name: String {
        ["pass", "exact_cache_hit", "semantic_cache_hit", "routed", "prompt_adjusted", "held_out"][Int(rawValue)]
    }
}

/// Which prompt a request carried, without its text.
package struct PromptIdentity: Sendable, Hashable {
    /// Keyed hash over system, tools and messages, byte for byte.
    package var exact: PromptHash = .absent
    /// The same after folding case and white space.
    package var normalised: PromptHash = .absent
    /// Chained hashes of the prompt's leading blocks: positions in the batch's `prefixHashes`.
    package var prefix: ItemSpan = .empty
    /// Tokens per prefix block; 0 where unknown: the input is then spread evenly over the blocks.
    package var prefixBlockTokens: UInt32 = 0
    /// The hash as the source wrote it, where it is not hexadecimal.
    package var label: TextSpan = .empty

    /// Nothing is known of the prompt.
    package static let absent = PromptIdentity()

    /// Creates an identity about which nothing is known.
    package init() {}
}

/// 128 bits of a keyed hash. All bits zero means absent.
package struct PromptHash: Sendable, Hashable {
    /// The first 64 bits.
    package var high: UInt64
    /// The last 64 bits.
    package var low: UInt64

    /// Creates a hash from its halves.
    package init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

    /// No prompt.
    package static let absent = PromptHash(high: 0, low: 0)

    /// Whether there is no prompt.
    package var isAbsent: Bool { high | low == 0 }

    /// 32 hexadecimal digits.
    package var hexadecimal: String {
        high.hexadecimalText + low.hexadecimalText
    }
}
