import Inputs
import Savings
import Testing

@Suite("Models of savings that are refused")
struct SavingsRefusalTests {
    /// Whose file it is.
    enum Kind: Sendable {
        case tokens, failures, quality, frontier, caching, levers

        func read(_ text: String, _ overrides: [String] = []) throws {
            switch self {
            case .tokens: _ = try Models.read(TokenCosts.self, text, overrides)
            case .failures: _ = try Models.read(FailureCost.self, text, overrides)
            case .quality: _ = try Models.read(QualityReturn.self, text, overrides)
            case .frontier: _ = try Models.read(FrontierReport.self, text, overrides)
            case .caching: _ = try Models.read(CachingBreakEven.self, text, overrides)
            case .levers: _ = try Models.read(LeverModel.self, text, overrides)
            }
        }
    }

    private static let tokens =
        "input_price: 3\noutput_price: 15\nbase_prompt_tokens: 2000\noutput_tokens: 300\nrequests_per_day: 100\n"
    private static let failures = "requests_per_day: 10\nsuccess_rate: 0.9\nminutes_per_failure: 5\n"
    private static let quality = "current_quality: 0.8\ntarget_quality: 0.9\nvalue_per_quality_point: 0.02\n"
    private static let measured = "configurations:\n  - {name: a, cost_per_request: 0.1, quality: 0.9}\n"
    private static let semantic = "semantic_cache:\n  requests_per_month: 10\n  cost_per_request: 0.01\n"
    private static let provider =
        "provider_cache:\n  requests_per_month: 10\n  prefix_tokens: 100\n  input_price: 3\n  reuse_share: 0.5\n"
    private static let spend = "monthly_spend: 100\ninput_share: 0.5\n"

    private func isRefused(_ kind: Kind, _ text: String, _ place: String, _ words: String) {
        #expect {
            try kind.read(text)
        } throws: { error in
            let message = "\(error)"
            return error is RefusedInput && message.contains(place) && message.contains(words)
        }
    }

    @Test(
        "Token costs",
        arguments: [
            (tokens + "cache_hit_rate: 1.2", "case.yaml:6: cache_hit_rate", "0.0 to 1.0"),
            (tokens + "cacheable_share: -0.1", "case.yaml:6: cacheable_share", "0.0 to 1.0"),
            (tokens + "batch_share: .nan", "case.yaml:6: batch_share", "0.0 to 1.0"),
            (tokens + "batch_discount: half", "case.yaml:6: batch_discount", "a number from"),
            (tokens + "retry_rate: 1", "case.yaml:6: retry_rate", "0.0 to 0.99"),
            (tokens + "retry_limit: 2.5", "case.yaml:6: retry_limit", "a whole number from 0 to 100"),
            (tokens + "colour: red", "case.yaml:6: colour", "no such key"),
            (tokens + "cache_hit_rat: 0.5", "case.yaml:6: cache_hit_rat", "is cache_hit_rate meant?"),
            (tokens + "cached_input_price: 4", "case.yaml:6: cached_input_price", "at most input_price (3.0)"),
            (tokens + "cache_write_price: .inf", "case.yaml:6: cache_write_price", "0.0 to 1000000.0"),
            (tokens + "days: 0", "case.yaml:6: days", "1.0 to 366.0"),
            (tokens + "horizon_months: 0", "case.yaml:6: horizon_months", "1 to 120"),
            (tokens + "price_change_annual: -1", "case.yaml:6: price_change_annual", "-0.99 to 10.0"),
            (tokens + "cascade: cheap", "case.yaml:6: cascade", "a mapping of keys was expected"),
            (
                tokens + "cascade: {input_price: 1, output_price: 2}", "case.yaml:6: cascade.escalation_rate",
                "it is missing"
            ),
            (
                tokens + "cascade: {input_price: 1, output_price: 2, escalation_rate: 1.1}",
                "case.yaml:6: cascade.escalation_rate", "0.0 to 1.0"
            ),
            ("input_price: -3\noutput_price: 15", "case.yaml:1: input_price", "0.0 to 1000000.0"),
            ("output_price: 15", "case.yaml", "input_price: it is missing"),
            ("output_price: 15", "case.yaml", "requests_per_day: it is missing"),
            ("input_price: 3\nrequests_per_day: 0", "case.yaml:2: requests_per_day", "at least one request"),
            ("", "case.yaml", "a mapping of keys was expected"),
            ("# nothing but a comment", "case.yaml", "a mapping of keys was expected"),
            ("- 1\n- 2", "case.yaml", "a mapping of keys was expected"),
            ("3", "case.yaml", "a mapping of keys was expected"),
        ] as [(String, String, String)])
    func tokenCosts(text: String, place: String, words: String) { isRefused(.tokens, text, place, words) }

    @Test(
        "Failures",
        arguments: [
            ("requests_per_day: 10\nsuccess_rate: 1.1", "case.yaml:2: success_rate", "0.0 to 1.0"),
            ("requests_per_day: -10", "case.yaml:1: requests_per_day", "0.0 to"),
            (failures, "case.yaml", "hourly_rate: it is missing"),
            (failures + "hourly_rate: -50", "case.yaml:4: hourly_rate", "0.0 to 1000000.0"),
            (failures + "hourly_rate: .nan", "case.yaml:4: hourly_rate", "0.0 to 1000000.0"),
            (failures + "hourly_rate: [50]", "case.yaml:4: hourly_rate", "a number from"),
            (failures + "hourly_rate: 50\ndays_per_month: 40", "case.yaml:5: days_per_month", "1.0 to 31.0"),
            (failures + "hourly_rate: 50\nsucess_rate: 1", "case.yaml:5: sucess_rate", "is success_rate meant?"),
            ("", "case.yaml", "a mapping of keys was expected"),
            ("[]", "case.yaml", "a mapping of keys was expected"),
        ] as [(String, String, String)])
    func failureCosts(text: String, place: String, words: String) { isRefused(.failures, text, place, words) }

    @Test(
        "Quality",
        arguments: [
            ("current_quality: 82", "case.yaml:1: current_quality", "0.0 to 1.0"),
            (quality, "case.yaml", "requests_per_month: it is missing"),
            (quality + "requests_per_month: 5", "case.yaml:1: current_quality", "was not measured"),
            (quality + "requests_per_month: 5", "case.yaml:2: target_quality", "state target_cost_per_request"),
            (quality + "switching_cost: -5", "case.yaml:4: switching_cost", "0.0 to"),
            (quality + "target_cost_per_request: -0.1", "case.yaml:4: target_cost_per_request", "0.0 to"),
            (quality + "configurations: []", "case.yaml:4: configurations", "at least one measured"),
            ("", "case.yaml", "a mapping of keys was expected"),
        ] as [(String, String, String)])
    func qualityReturns(text: String, place: String, words: String) { isRefused(.quality, text, place, words) }

    @Test(
        "The frontier",
        arguments: [
            ("configurations: []", "case.yaml:1: configurations", "at least one measured"),
            ("target_quality: 0.9", "case.yaml", "at least one measured"),
            ("configurations: {name: a}", "case.yaml:1: configurations", "a list was expected"),
            (
                "configurations:\n  - {name: a, quality: 0.9}", "case.yaml:2: configurations.0.cost_per_request",
                "it is missing"
            ),
            (
                "configurations:\n  - {cost_per_request: 1, quality: 0.9}", "case.yaml:2: configurations.0.name",
                "it is missing"
            ),
            (
                "configurations:\n  - {name: a, cost_per_request: 1, quality: 1.5}",
                "case.yaml:2: configurations.0.quality", "0.0 to 1.0"
            ),
            (
                "configurations:\n  - {name: a, cost_per_request: -1, quality: 0.5}",
                "case.yaml:2: configurations.0.cost_per_request", "0.0 to"
            ),
            (
                "configurations:\n  - {name: a, cost_per_request: 1, quality: .nan}",
                "case.yaml:2: configurations.0.quality", "0.0 to 1.0"
            ),
            (
                "configurations:\n  - {name: a, cost_per_request: 1, quality: 0.5, n: 0}",
                "case.yaml:2: configurations.0.n", "a whole number from 1"
            ),
            (
                measured + "  - {name: a, cost_per_request: 0.2, quality: 0.95}", "case.yaml:3: configurations.1.name",
                "two configurations are called a"
            ),
            (
                measured + "  - {name: b, cost_per_request: 0.2, quality: 0.9, quality_low: 0.95, quality_high: 0.85}",
                "case.yaml:3: configurations.1.quality_low", "between quality_low and quality_high"
            ),
            (
                measured + "  - {name: b, cost_per_request: 0.2, quality: 0.9, latency: 5}",
                "case.yaml:3: configurations.1.latency", "no such key"
            ),
            (measured + "  - fast", "case.yaml:3: configurations.1", "a mapping of keys was expected"),
            (measured + "target_quality: 93", "case.yaml:3: target_quality", "0.0 to 1.0"),
            (measured + "max_latency_p99_ms: -1", "case.yaml:3: max_latency_p99_ms", "0.0 to"),
            ("", "case.yaml", "a mapping of keys was expected"),
        ] as [(String, String, String)])
    func frontiers(text: String, place: String, words: String) { isRefused(.frontier, text, place, words) }

    @Test(
        "Caching",
        arguments: [
            (semantic + "  hit_rate: 1.3", "case.yaml:4: semantic_cache.hit_rate", "0.0 to 1.0"),
            (semantic + "  hit_rate: .nan", "case.yaml:4: semantic_cache.hit_rate", "0.0 to 1.0"),
            (semantic, "case.yaml:1: semantic_cache.hit_rate", "it is missing"),
            (semantic + "  hit_rate: 0.3\n  lookup_cost: -1", "case.yaml:5: semantic_cache.lookup_cost", "0.0 to"),
            (semantic + "  hit_rates: 0.3", "case.yaml:4: semantic_cache.hit_rates", "is hit_rate meant?"),
            (
                semantic + "  hit_rate: 0.3\n  distinct_prompts: 10", "case.yaml:1: semantic_cache.requests_per_ttl",
                "it is missing"
            ),
            ("semantic_cache: [1]", "case.yaml:1: semantic_cache", "a mapping of keys was expected"),
            (provider + "  write_factor: 0.5", "case.yaml:6: provider_cache.write_factor", "1.0 to 10.0"),
            (
                provider + "  write_factor: 1\n  read_factor: 1", "case.yaml:7: provider_cache.read_factor",
                "below write_factor"
            ),
            (provider + "  reuse: 0.5", "case.yaml:6: provider_cache.reuse", "no such key"),
            ("horizon_months: 12", "case.yaml", "semantic_cache, provider_cache or both"),
            ("", "case.yaml", "a mapping of keys was expected"),
        ] as [(String, String, String)])
    func caches(text: String, place: String, words: String) { isRefused(.caching, text, place, words) }

    @Test(
        "Levers",
        arguments: [
            (spend + "levers: {batch: {share: 1.4}}", "case.yaml:3: levers.batch.share", "0.0 to 1.0"),
            (spend + "levers: {batch: {share: .nan}}", "case.yaml:3: levers.batch.share", "0.0 to 1.0"),
            (spend + "levers: {batch: {discount: 0.5}}", "case.yaml:3: levers.batch.share", "it is missing"),
            (spend + "levers:\n  batch: {shares: 1}", "case.yaml:4: levers.batch.shares", "is share meant?"),
            (spend + "levers: {batch: 0.5}", "case.yaml:3: levers.batch", "a mapping of keys was expected"),
            (spend + "levers: {magic: {share: 1}}", "case.yaml:3: levers.magic", "no such key"),
            (spend + "levers: [batch]", "case.yaml:3: levers", "a mapping of keys was expected"),
            (spend + "levers: {}", "case.yaml:3: levers", "at least one lever was expected"),
            (spend, "case.yaml", "at least one lever was expected"),
            (
                spend + "levers:\n  batch:\n    share: {value: 0.5, low: 0.6, high: 0.4}",
                "case.yaml:5: levers.batch.share.value", "between low (0.6) and high (0.4)"
            ),
            (
                spend + "levers:\n  batch:\n    share: {value: 0.5, low: 0.1, high: 0.2}",
                "case.yaml:5: levers.batch.share.value", "between low (0.1) and high (0.2)"
            ),
            (
                spend + "levers:\n  batch:\n    share: {value: 0.5, low: 0.1}", "case.yaml:5: levers.batch.share.high",
                "it is missing"
            ),
            (
                spend + "levers:\n  batch:\n    share: {value: 0.5, low: 0.1, hihg: 0.9}",
                "case.yaml:5: levers.batch.share.hihg", "is high meant?"
            ),
            (
                spend + "levers:\n  batch:\n    share: {value: 0.5, low: 0.1, high: 1.9}",
                "case.yaml:5: levers.batch.share.high", "0.0 to 1.0"
            ),
            (
                spend + "levers:\n  batch: {share: 0.5, implementation_cost: -5}",
                "case.yaml:4: levers.batch.implementation_cost", "0.0 to"
            ),
            (
                spend + "levers:\n  provider_caching: {prefix_share: 0.5, reuse_share: 0.5, write_factor: 0.5}",
                "case.yaml:4: levers.provider_caching.write_factor", "1.0 to 10.0"
            ),
            (
                spend + "claimed_saving: {low: 0.7, high: 0.6}\nlevers: {batch: {share: 1}}",
                "case.yaml:3: claimed_saving.low", "at most high (0.6)"
            ),
            (
                spend + "claimed_saving: 0.6\nlevers: {batch: {share: 1}}", "case.yaml:3: claimed_saving",
                "a mapping of keys was expected"
            ),
            (
                "monthly_spend: 0\ninput_share: 0.5\nlevers: {batch: {share: 1}}", "case.yaml:1: monthly_spend",
                "an amount above 0"
            ),
            ("monthly_spend: 100\ninput_share: 1.5", "case.yaml:2: input_share", "0.0 to 1.0"),
            ("monthly_spend: 100\nlevers: {batch: {share: 1}}", "case.yaml", "input_share: it is missing"),
            ("", "case.yaml", "a mapping of keys was expected"),
            ("- batch", "case.yaml", "a mapping of keys was expected"),
        ] as [(String, String, String)])
    func leverModels(text: String, place: String, words: String) { isRefused(.levers, text, place, words) }

    @Test("Everything that is wrong is said at once")
    func together() {
        #expect {
            try Kind.tokens.read(Self.tokens + "retry_rate: 2\ncolour: red\ncache_hit_rate: -1")
        } throws: { error in
            let count = (error as? RefusedInput)?.problems.count ?? 0
            return count == 3
        }
    }

    @Test(
        "Values that are set from outside are checked as well",
        arguments: ["cache_hit_rate=nan", "cache_hit_rate=inf", "cache_hit_rate=140 %", "retries=3", "cascade=1"])
    func overrides(text: String) {
        #expect(throws: RefusedInput.self) { try Kind.tokens.read(TokenCosts.example, [text]) }
    }

    @Test("A key that stands twice is no YAML")
    func twice() {
        #expect(throws: InputError.self) { try Kind.tokens.read(Self.tokens + "input_price: 4") }
    }
}
