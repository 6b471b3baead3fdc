import Domain
import JSONScan
import Providers

/// What an answer tells, as `expected.json` writes it.
struct ExchangeFacts: Hashable, Sendable {
    /// Tokens by bucket; a bucket that is not there is unknown.
    var tokens: [String: Int64] = [:]
    var source = ""
    var model: String?
    var id: String?
    var tier: String?
    var region: String?
    var error: String?
    /// Whole pieces by kind.
    var pieces: [String: Int64] = [:]
    var ended = false
    /// Bytes of generated text, where the fixture says how many there are.
    var generatedBytes: Int?
}

extension ExchangeFacts {
    /// What was metered.
    init(_ response: MeteredResponse, countsText: Bool = false) {
        self.init()
        let usage = response.usage
        let buckets: [(String, TokenCount)] = [
            ("uncached_input", usage.uncachedInput), ("cache_read", usage.cacheRead),
            ("cache_write_5m", usage.cacheWrite5m), ("cache_write_1h", usage.cacheWrite1h),
            ("output", usage.output), ("reasoning", usage.reasoning),
        ]
        for (name, count) in buckets { tokens[name] = count.known }
        for piece in response.extras { pieces[piece.kind, default: 0] += piece.millionths / 1_000_000 }
        source = response.usageSource.name
        (model, id, tier) = (response.model, response.responseID, response.serviceTier)
        (region, error, ended) = (response.region, response.errorType, response.reachedEnd)
        if countsText { generatedBytes = response.generatedBytes }
    }

    /// What `expected.json` says.
    init(_ json: JSONValue) {
        self.init()
        for member in json["tokens"]?.members ?? [] { tokens[member.key] = member.value.integer }
        for member in json["pieces"]?.members ?? [] { pieces[member.key] = member.value.integer }
        source = json["source"]?.text ?? ""
        (model, id, tier) = (json["model"]?.text, json["id"]?.text, json["tier"]?.text)
        (region, error) = (json["region"]?.text, json["error"]?.text)
        ended = json["ended"]?.isTrue ?? false
        generatedBytes = json["generated_bytes"]?.integer.map { Int($0) }
    }
}
