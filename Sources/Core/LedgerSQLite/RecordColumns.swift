internal import Domain

/// The columns of the record table, in order, and how each gets to and from a record.
enum RecordColumns {
    /// What a column holds.
    enum Content: Sendable {
        case term(any WritableKeyPath<UsageRecord, Term> & Sendable)
        case text(any WritableKeyPath<UsageRecord, TextSpan> & Sendable)
        case tokens(any WritableKeyPath<UsageRecord, TokenCount> & Sendable)
        /// An integer that is NULL where it has its usual value.
        case integer(
            usual: Int64, get: @Sendable (UsageRecord) -> Int64, set: @Sendable (inout UsageRecord, Int64) -> Void)
        /// 16 bytes.
        case hash(any WritableKeyPath<UsageRecord, PromptHash> & Sendable)
        /// The block hashes of the prompt, 8 bytes each.
        case prefix
        /// Extras as text: `kind=millionths`, joined with line feeds.
        case extras
    }

    /// A column.
    struct Column: Sendable {
        let name: String
        let content: Content

        var type: String {
            switch content {
            case .text, .extras: "TEXT"
            case .hash, .prefix: "BLOB"
            default: "INTEGER"
            }
        }
    }

    static let all: [Column] = terms + texts + tokens + integers + hashes

    private static let terms: [Column] = [
        Column(name: "source", content: .term(\.source)), Column(name: "provider", content: .term(\.provider)),
        Column(name: "host_provider", content: .term(\.hostProvider)),
        Column(name: "requested_model", content: .term(\.requestedModel)),
        Column(name: "model", content: .term(\.model)),
        Column(name: "service_tier", content: .term(\.serviceTier)), Column(name: "region", content: .term(\.region)),
        Column(name: "customer", content: .term(\.customer)), Column(name: "feature", content: .term(\.feature)),
        Column(name: "team", content: .term(\.team)), Column(name: "environment", content: .term(\.environment)),
        Column(name: "credential", content: .term(\.credential)), Column(name: "tags", content: .term(\.tags)),
        Column(name: "experiment_arm", content: .term(\.experimentArm)),
        Column(name: "price_book_version", content: .term(\.priceBookVersion)),
        Column(name: "baseline_method", content: .term(\.baselineMethod)),
        Column(name: "template", content: .term(\.template)),
        Column(name: "action_reason", content: .term(\.actionReason)),
    ]

    private static let texts: [Column] = [
        Column(name: "request_id", content: .text(\.requestID)),
        Column(name: "response_id", content: .text(\.responseID)),
        Column(name: "session", content: .text(\.session)),
        Column(name: "prompt_label", content: .text(\.prompt.label)),
    ]

    private static let tokens: [Column] = [
        Column(name: "uncached_input", content: .tokens(\.usage.uncachedInput)),
        Column(name: "cache_read", content: .tokens(\.usage.cacheRead)),
        Column(name: "cache_write_5m", content: .tokens(\.usage.cacheWrite5m)),
        Column(name: "cache_write_1h", content: .tokens(\.usage.cacheWrite1h)),
        Column(name: "output", content: .tokens(\.usage.output)),
        Column(name: "reasoning", content: .tokens(\.usage.reasoning)),
        Column(name: "audio_input", content: .tokens(\.usage.audioInput)),
        Column(name: "audio_output", content: .tokens(\.usage.audioOutput)),
        Column(name: "image_input", content: .tokens(\.usage.imageInput)),
        Column(name: "image_output", content: .tokens(\.usage.imageOutput)),
    ]

    private static let integers: [Column] = [
        integer("latency", usual: -1, { $0.latency }, { $0.latency = $1 }),
        integer("time_to_first_token", usual: -1, { $0.timeToFirstToken }, { $0.timeToFirstToken = $1 }),
        integer(
            "purpose", usual: 0, { Int64($0.purpose.rawValue) },
            { $0.purpose = CallPurpose(rawValue: UInt8(clamping: $1)) ?? .serve }),
        integer("attempt", usual: 1, { Int64($0.attempt) }, { $0.attempt = UInt16(clamping: $1) }),
        integer(
            "status", usual: 0, { Int64($0.status.rawValue) },
            { $0.status = CallStatus(rawValue: UInt8(clamping: $1)) ?? .ok }),
        integer("http_status", usual: 0, { Int64($0.httpStatus) }, { $0.httpStatus = UInt16(clamping: $1) }),
        integer(
            "usage_source", usual: 0, { Int64($0.usageSource.rawValue) },
            { $0.usageSource = UsageSource(rawValue: UInt8(clamping: $1)) ?? .reported }),
        integer("cost", usual: 0, { $0.cost.nanos }, { $0.cost = NanoUSD(nanos: $1) }),
        integer(
            "cost_kind", usual: 3, { Int64($0.costKind.rawValue) },
            { $0.costKind = CostKind(rawValue: UInt8(clamping: $1)) ?? .unpriced }),
        integer("baseline", usual: 0, { $0.baseline.nanos }, { $0.baseline = NanoUSD(nanos: $1) }),
        integer(
            "prefix_block_tokens", usual: 0, { Int64($0.prompt.prefixBlockTokens) },
            { $0.prompt.prefixBlockTokens = UInt32(clamping: $1) }),
        integer(
            "action", usual: 0, { Int64($0.action.rawValue) },
            { $0.action = GatewayAction(rawValue: UInt8(clamping: $1)) ?? .pass }),
        integer("has_source_id", usual: 1, { $0.hasSourceID ? 1 : 0 }, { $0.hasSourceID = $1 != 0 }),
    ]

    private static let hashes: [Column] = [
        Column(name: "prompt_exact", content: .hash(\.prompt.exact)),
        Column(name: "prompt_normalised", content: .hash(\.prompt.normalised)),
        Column(name: "prefix_hashes", content: .prefix), Column(name: "extras", content: .extras),
        // 1 where another source had reported the response before: kept, but not summed.
        Column(name: "is_flagged", content: .integer(usual: 0, get: { _ in 0 }, set: { _, _ in })),
    ]

    private static func integer(
        _ name: String, usual: Int64, _ get: @escaping @Sendable (UsageRecord) -> Int64,
        _ set: @escaping @Sendable (inout UsageRecord, Int64) -> Void
    ) -> Column {
        Column(name: name, content: .integer(usual: usual, get: get, set: set))
    }
}
