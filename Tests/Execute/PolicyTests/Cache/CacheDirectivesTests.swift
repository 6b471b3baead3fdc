import JSONScan
import Policy
import Testing

@Suite("What callers ask of the cache")
struct CacheDirectivesTests {
    private typealias Headers = [(name: String, value: String)]

    private func read(_ headers: Headers, body: String? = nil) throws -> CacheDirectives {
        var directives = CacheDirectives(headers: headers)
        if let body { directives.take(body: try JSONValue.parse(body)) }
        return directives
    }

    private static let second: Int64 = 1_000_000

    @Test(
        "Words about reading and keeping, each alone",
        arguments: [
            ("cache-control", "no-cache", false, true), ("Cache-Control", "private, No-Cache", false, true),
            ("cache-control", "no-store", true, false), ("cache-control", "no-cache, no-store", false, false),
            ("cache-control", "max-stale=5", true, true), ("x-payback-cache", "off", false, false),
            ("x-payback-cache", " Refresh ", false, true), ("x-payback-cache", "on", true, true),
            ("Helicone-Cache-Enabled", "true", true, true), ("Helicone-Cache-Enabled", "false", false, false),
            ("x-portkey-cache-force-refresh", "true", false, true),
            ("x-portkey-cache-force-refresh", "false", true, true), ("x-portkey-cache", "simple", true, true),
            ("cf-aig-skip-cache", "true", false, false), ("cf-aig-skip-cache", "false", true, true),
            ("x-bf-cache-no-store", "true", true, false), ("x-bf-cache-type", "direct", true, true),
            ("x-custom", "no-cache", true, true), ("content-type", "no-store", true, true),
        ])
    func modes(name: String, value: String, mayRead: Bool, mayStore: Bool) throws {
        let found = try read([(name, value)])
        #expect(found.mayRead == mayRead && found.mayStore == mayStore && found.misread.isEmpty)
    }

    @Test(
        "What cannot be read keeps the request away from the cache, and is named without its value",
        arguments: [
            ("cache-control", "max-age=soon"), ("cache-control", "max-age"), ("cache-control", "max-age=-1"),
            ("x-payback-cache", "maybe"), ("x-payback-cache-ttl", "nan"), ("x-payback-cache-ttl", ""),
            ("x-payback-cache-ttl", "5 fortnights"), ("x-payback-cache-ttl", "1h30"), ("cf-aig-cache-ttl", "0x10"),
            ("x-bf-cache-threshold", "1.5"), ("x-bf-cache-threshold", "nan"), ("x-bf-cache-type", "fuzzy"),
            ("helicone-cache-enabled", "perhaps"), ("x-portkey-cache", "both"),
            ("x-payback-cache-namespace", String(repeating: "n", count: 257)),
            ("x-payback-cache-tags", (0...16).map(String.init).joined(separator: ",")),
        ])
    func misread(name: String, value: String) throws {
        let found = try read([(name, value)])
        #expect(!found.mayRead && !found.mayStore && found.misread == [name])
    }

    @Test(
        "Spans of time",
        arguments: [
            ("x-payback-cache-ttl", "90", 90 * second), ("x-payback-cache-ttl", "0.5", second / 2),
            ("x-bf-cache-ttl", "1h30m", 5_400 * second), ("x-bf-cache-ttl", "500ms", second / 2),
            ("x-bf-cache-ttl", "2d", 172_800 * second), ("cf-aig-cache-ttl", "3600", 3_600 * second),
            ("x-payback-cache-ttl", "99999999999999999999", .max), ("x-bf-cache-ttl", "999999999999d", .max),
        ])
    func lifetimes(name: String, value: String, expected: Int64) throws {
        let found = try read([(name, value)])
        #expect(found.timeToLive == expected && found.mostAge == nil)
        #expect(found.timeToLive(under: 60 * Self.second) == min(60 * Self.second, expected))
        #expect(CacheDirectives().timeToLive(under: 7) == 7)
    }

    @Test("An age limit bounds what is served; for Helicone's callers what is kept as well")
    func ages() throws {
        let plain = try read([("cache-control", "max-age=\"10\", only-if-cached")])
        #expect(plain.mostAge == 10 * Self.second && plain.timeToLive == nil && plain.onlyCached)
        #expect(plain.accepts(age: 10 * Self.second) && !plain.accepts(age: 10 * Self.second + 1))
        let helicone = try read([("cache-control", "max-age=10"), ("helicone-cache-enabled", "true")])
        #expect(helicone.timeToLive == 10 * Self.second && helicone.isAskedFor && helicone.dialects == .helicone)
    }

    @Test("Of words that contradict each other the more careful count, in any order")
    func conflicts() throws {
        let headers: Headers = [
            ("x-payback-cache", "on"), ("cf-aig-skip-cache", "true"), ("cache-control", "max-age=60"),
            ("cache-control", "max-age=30"), ("x-payback-cache-ttl", "20"), ("x-bf-cache-ttl", "1m"),
            ("x-bf-cache-threshold", "0.9"), ("X-BF-Cache-Threshold", "0.97"), ("x-portkey-cache", "semantic"),
            ("x-bf-cache-type", "direct"), ("x-portkey-cache-namespace", "b"), ("helicone-cache-seed", "a"),
            ("cf-aig-cache-key", "a"),
        ]
        for order in [headers, headers.reversed()] {
            let found = try read(order)
            #expect(!found.mayRead && !found.mayStore && found.mostAge == 30 * Self.second)
            #expect(found.timeToLive == 20 * Self.second && !found.mayMatchAlike)
            #expect(found.leastSimilarity(under: 0.95) == 0.97 && found.leastSimilarity(under: 0.99) == 0.99)
            #expect(found.namespace == "a\u{1F}b")
        }
    }

    @Test("A caller cannot lower the similarity that a rule needs")
    func similarity() throws {
        #expect(try read([("x-bf-cache-threshold", "0")]).leastSimilarity(under: 0.95) == 0.95)
        #expect(CacheDirectives().leastSimilarity(under: 0.95) == 0.95)
    }

    @Test("Tags and namespaces, blanks and repetitions left out")
    func names() throws {
        let found = try read([("x-payback-cache-tags", " a, b ,,a"), ("x-payback-cache-tags", "c")])
        #expect(found.tags == ["a", "b", "c"] && found.namespace == nil)
        #expect(try read([("x-bf-cache-key", " n ")]).namespace == "n")
        #expect(try read([("x-bf-cache-key", "n")]).isAskedFor)
    }

    @Test(
        "LiteLLM's member of the body",
        arguments: [
            (#"{"no-cache":true}"#, false, true), (#"{"no-store":true}"#, true, false),
            (#"{"no-cache":false,"no-store":"False"}"#, true, true), ("false", false, false), ("true", true, true),
            ("null", true, true), (#"{"no-cache":null,"type":"exact_match"}"#, true, true), ("7", false, false),
            (#"{"ttl":"soon"}"#, false, false), (#"{"namespace":7}"#, false, false), (#"{"no-cache":1}"#, false, false),
        ])
    func body(text: String, mayRead: Bool, mayStore: Bool) throws {
        let found = try read([], body: text)
        #expect(found.mayRead == mayRead && found.mayStore == mayStore)
    }

    @Test("The body's member adds to the headers")
    func both() throws {
        let found = try read(
            [("x-payback-cache-ttl", "100")], body: #"{"ttl":60,"s-maxage":10,"namespace":"n","use-cache":true}"#)
        #expect(found.timeToLive == 60 * Self.second && found.mostAge == 10 * Self.second)
        #expect(found.namespace == "n" && found.isAskedFor && found.dialects == .liteLLM)
    }

    @Test(
        "How it went, to a caller of each dialect",
        arguments: [
            (CacheStatus.hit, "HIT", "HIT"), (.semanticHit, "HIT", "SEMANTIC HIT"), (.miss, "MISS", "MISS"),
            (.bypass, "MISS", "DISABLED"), (.refresh, "MISS", "REFRESH"),
        ])
    func status(status: CacheStatus, plain: String, portkey: String) throws {
        let asked = try read([
            ("helicone-cache-enabled", "true"), ("x-portkey-cache", "simple"), ("cf-aig-cache-ttl", "60"),
        ])
        let found = Dictionary(
            uniqueKeysWithValues: CacheStatusHeaders.headers(
                status, age: 12_900_000, similarity: 0.97129, to: asked
            ).map { ($0.name, $0.value) })
        #expect(found["x-payback-cache"] == status.rawValue && found["helicone-cache"] == plain)
        #expect(found["cf-aig-cache-status"] == plain && found["x-portkey-cache-status"] == portkey)
        #expect(found["age"] == (status.isHit ? "12" : nil))
        #expect(found["x-payback-cache-similarity"] == (status == .semanticHit ? "0.9712" : nil))
        #expect(found["x-litellm-semantic-similarity"] == nil)
    }

    @Test("A caller without a dialect hears ours alone")
    func plain() throws {
        let found = CacheStatusHeaders.headers(.miss, age: 5, to: CacheDirectives())
        #expect(found.count == 1 && found.first?.value == "miss")
        let semantic = try read([("x-portkey-cache", "semantic")], body: "{}")
        let names = CacheStatusHeaders.headers(.semanticHit, age: -5, similarity: 1, to: semantic)
        #expect(names.map(\.value) == ["semantic-hit", "0", "1.0000", "SEMANTIC HIT", "1.0000"])
        #expect(CacheStatusHeaders.headers(.miss, to: semantic).map(\.value) == ["miss", "SEMANTIC MISS"])
    }
}
