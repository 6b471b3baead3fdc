import Domain
import Gateway
import Inputs
import Testing

/// The SHA-256 of no secret.
private let madeHash = String(repeating: "0123456789abcdef", count: 4)

@Suite("payback.yaml")
struct ConfigurationReaderTests {
    private func read(
        _ text: String, environment: [String: String] = ["KEY": "from-environment"]
    ) throws -> (configuration: GatewayConfiguration, problems: [InputProblem]) {
        let document = try YAMLDocument(text: text, file: "payback.yaml")
        return ConfigurationReader.read(document, environment: environment) { (path) throws(InputError) in
            if path == "/empty" { return "\n" }
            guard path == "/secret" else { throw InputError(.notFound, file: path, "There is no such file.") }
            return "from-file\n"
        }
    }

    @Test("Everything that it can say")
    func everything() throws {
        let (found, problems) = try read(
            """
            listen: 0.0.0.0:80
            admin: 127.0.0.1:81
            admin_token: ${KEY}
            registry: r.sqlite
            environment: production
            authentication: required
            journal: {directory: j, durability: fsync, segment_mib: 8, when_full: go-on, alarm_free_gib: 0.5}
            upstreams:
              - {name: a, kind: openai, credentials: ["${KEY}", "file:/secret"]}
              - {name: z, kind: azure, base_url: https://z.example/, priced_as: {d: gpt-5}, provider: azure, headers: {x: y}, timeouts: {first_byte_seconds: 2.5}}
            models:
              - {name: fast, targets: [{upstream: a, model: m}]}
            retries: {attempts: 5, budget_share: 0.5}
            circuit_breaker: {failures: 0}
            limits: {body_mib: 2, per_key: {requests_per_minute: 9}}
            budgets:
              - {scope: customer=*, limit: 12.5, per: rolling:24h, time_zone: Europe/Berlin, enforcement: soft}
            keys:
              - {name: k, sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, customer: acme, models: [x], expires: 2027-01-01}
            tokenizers: [{model: "gpt-4o*", file: t, encoding: o200k_base}]
            keep_records_days: 90
            threads: 2
            """)
        #expect(problems.isEmpty, "\(problems)")
        #expect(
            found.listen == ListenAddress(host: "0.0.0.0", port: 80) && found.adminToken == Secret("from-environment"))
        #expect(
            found.journal.durability == .fsync && !found.journal.refusesWhenFull
                && found.journal.segmentBytes == 8 << 20)
        #expect(found.upstreams.map(\.baseURL) == ["https://api.openai.com", "https://z.example"])
        #expect(found.upstreams[0].credentials == [Secret("from-environment"), Secret("from-file")])
        #expect(found.upstreams[1].timeouts?.firstByte == 2_500 && found.upstreams[1].pricedAs == ["d": "gpt-5"])
        #expect(found.models.first?.targets == [ModelTarget(upstream: "a", model: "m")])
        #expect(found.retries.attempts == 5 && found.circuitBreaker.failures == 0)
        #expect(found.budgets.first?.scope == .eachCustomer && found.budgets.first?.limit == NanoUSD(dollars: "12.5"))
        #expect(found.keys.first?.expiresAt == Timestamp(year: 2027, month: 1, day: 1))
        #expect(found.limits.perKey.requestsPerMinute == 9 && found.keepRecordsDays == 90)
    }

    @Test(
        "What is wrong is named with its line",
        arguments: [
            ("listne: x", "payback.yaml:1: listne: there is no such key; is listen meant?"),
            ("listen: nowhere", "payback.yaml:1: listen:"), ("admin: 0.0.0.0:1", "payback.yaml:1: admin:"),
            ("threads: many", "payback.yaml:1: threads:"), ("authentication: maybe", "payback.yaml:1: authentication:"),
            ("\njournal: {durability: wish}", "payback.yaml:2: journal.durability:"),
            ("upstreams: {a: b}", "payback.yaml:1: upstreams: a list"),
            ("upstreams:\n- {name: a}", "payback.yaml:2: upstreams.0"),
            ("upstreams:\n- {name: a, kind: azure}", "upstreams.0.base_url: it is missing"),
            ("upstreams:\n- {name: a, kind: openai, base_url: ftp://x}", "upstreams.0.base_url:"),
            (
                "upstreams:\n- {name: a, kind: openai}\n- {name: a, kind: openai}",
                "payback.yaml:3: upstreams.1.name: \"a\" is given twice"
            ),
            ("upstreams:\n- {name: a, kind: openai, credentials: [\"${MISSING}\"]}", "no variable MISSING"),
            ("upstreams:\n- {name: a, kind: openai, credentials: [\"file:/nowhere\"]}", "There is no such file"),
            ("models:\n- {name: m, targets: [{upstream: b, model: x}]}", "there is no upstream \"b\""),
            ("budgets:\n- {scope: total, limit: 5, per: day, time_zone: Mars/Olympus}", "budgets.0.time_zone"),
            ("budgets:\n- {scope: total, limit: 5, per: day}\n- {scope: total, limit: 6, per: day}", "two budgets"),
            ("keys:\n- {name: k, sha256: sk-pb-oops}", "64 hexadecimal digits"),
            (
                "keys:\n- {sha256: \(madeHash)}\n- {sha256: \(madeHash)}",
                "payback.yaml:3: keys.1.sha256: there are two keys"
            ),
            ("keys:\n- {sha256: \(madeHash), models: {gpt-5: yes}}", "keys.0.models: a list of texts"),
            ("upstreams:\n- {name: a, kind: openai, headers: [x]}", "upstreams.0.headers: a mapping of texts"),
            ("upstreams:\n- {name: a, kind: openai, base_url: \"${MISSING}\"}", "no variable MISSING"),
            ("upstreams:\n- {name: a, kind: openai, credentials: [\"file:/empty\"]}", "/empty is empty"),
        ])
    func problems(text: String, words: String) throws {
        let problems = try read(text).problems.filter { $0.severity == .error }
        #expect(problems.contains { $0.description.contains(words) }, "\(problems)")
    }

    @Test("A secret in the file is a warning, and stands in no message")
    func literalSecret() throws {
        let (found, problems) = try read("upstreams:\n- {name: a, kind: openai, credentials: [sk-very-secret]}")
        #expect(found.upstreams.first?.credentials.first?.value == "sk-very-secret")
        #expect(problems.map(\.severity) == [.warning])
        #expect(!"\(problems) \(found)".contains("sk-very-secret"))
    }

    @Test("The environment alone, with other addresses")
    func environmentOnly() {
        let found = ConfigurationReader.environmentOnly([
            "OPENAI_API_KEY": "a", "OPENAI_BASE_URL": "http://x:1/v1/", "GOOGLE_API_KEY": "g", "ANTHROPIC_API_KEY": "",
        ])
        #expect(found.upstreams.map(\.name) == ["openai", "gemini"])
        #expect(found.upstreams.map(\.baseURL) == ["http://x:1", "https://generativelanguage.googleapis.com"])
    }

    @Test("An address that holds a password stands in no message")
    func passwordInAddress() throws {
        let (found, problems) = try read("upstreams:\n- {name: a, kind: openai, base_url: \"https://me:hunter2@h\"}")
        #expect(problems.map(\.path) == ["upstreams.0.base_url"])
        #expect(!"\(problems) \(found)".contains("hunter2"))
    }

    @Test("An upstream's time limits differ from the general ones only where it says so; addresses name variables")
    func inheritance() throws {
        let (found, problems) = try read(
            """
            timeouts: {idle_seconds: 7}
            upstreams:
              - {name: a, kind: openai, base_url: "${BASE}/openai", timeouts: {first_byte_seconds: 3}, headers: {x: "v ${KEY}"}}
            """, environment: ["KEY": "k", "BASE": "https://h/"])
        #expect(problems.isEmpty, "\(problems)")
        let upstream = try #require(found.upstreams.first)
        #expect(upstream.timeouts?.idle == 7_000 && upstream.timeouts?.firstByte == 3_000)
        #expect(upstream.baseURL == "https://h/openai" && upstream.headers == ["x": "v k"])
    }
}
