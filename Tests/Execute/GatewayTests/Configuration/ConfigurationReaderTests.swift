import Domain
import Gateway
import Inputs
import Providers
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

    @Test("Deliveries: who gets what when, and how mail is sent")
    func delivery() throws {
        let (found, problems) = try read(
            """
            delivery:
              smtp: {url: "smtp://mail.example:587", user: payback, password: "${KEY}", from: payback@example.com}
              reports:
                - {report: executive, every: month, day: 2, at: "07:05", time_zone: Europe/Berlin, format: pdf, to: ["mailto:cfo@example.com", "file:reports"]}
                - {report: savings, every: week, on: friday, to: ["https://hooks.slack.com/${KEY}"]}
              alerts: {to: ["https://example.com/hook"], movements: false}
            """)
        #expect(problems.isEmpty, "\(problems)")
        let smtp = try #require(found.delivery.smtp)
        #expect(smtp.password == Secret("from-environment") && smtp.requiresTLS)
        let reports = found.delivery.plan.reports
        #expect(reports.map(\.name) == ["executive-month", "savings-week"])
        let schedule = DeliverySchedule(.month(day: 2), minuteOfDay: 425, timeZone: "Europe/Berlin")
        #expect(reports.first?.schedule == schedule && reports.first?.format == .pdf)
        #expect(reports.first?.targets == [.mail("cfo@example.com"), .folder("reports")])
        #expect(reports.last?.schedule == DeliverySchedule(.week(.friday), minuteOfDay: 0))
        #expect(reports.last?.targets == [.webhook("https://hooks.slack.com/from-environment")])
        #expect(found.delivery.plan.alerts.hourlyBurn && !found.delivery.plan.alerts.movements)
    }

    @Test(
        "What is wrong with a delivery is named with its line, and no address that may hold a password is shown",
        arguments: [
            ("report: weekly, every: week, to: [\"file:a\"]", "reports.0.report: \"weekly\" is none of"),
            ("report: executive, to: [\"file:a\"]", "reports.0.every: it is missing"),
            ("report: executive, every: week", "reports.0.to: it is missing"),
            ("report: executive, every: week, day: 1, to: [\"file:a\"]", "reports.0.day: a week has a weekday"),
            ("report: executive, every: month, on: monday, to: [\"file:a\"]", "reports.0.on: a month has a day"),
            ("report: executive, every: month, day: 32, to: [\"file:a\"]", "reports.0.day: a whole number"),
            ("report: executive, every: week, at: \"24:00\", to: [\"file:a\"]", "reports.0.at: \"24:00\" is no time"),
            ("report: executive, every: week, at: \"7\", to: [\"file:a\"]", "reports.0.at:"),
            ("report: executive, every: week, time_zone: Mars, to: [\"file:a\"]", "reports.0.time_zone:"),
            ("report: executive, every: week, to: [\"mailto:a@b\"]", "reports.0.to.0: mail needs a server"),
            ("report: executive, every: week, to: [\"https://u:hidden@h/\"]", "reports.0.to.0: it is no target"),
            ("report: executive, every: week, to: [\"file:a\", \"file:a\"]", "reports.0.to.1: it is given twice"),
            ("report: executive, every: week, name: ../x, to: [\"file:a\"]", "reports.0.name: it takes"),
            ("report: executive, every: week, format: doc, to: [\"file:a\"]", "reports.0.format:"),
        ])
    func wrongReports(entry: String, expected: String) throws {
        let problems = try read("delivery:\n  reports:\n    - {\(entry)}").problems
        let texts = problems.map { "\($0)" }
        #expect(texts.contains { $0.hasPrefix("payback.yaml:3: delivery.\(expected)") }, "\(texts)")
        #expect(!texts.joined().contains("hidden"))
    }

    @Test(
        "What is wrong with the mail server or the alerts is named",
        arguments: [
            ("smtp: {url: \"http://x\", from: a@b}", "delivery.smtp.url:"),
            ("smtp: {url: \"smtp://u:hidden@x\", from: a@b}", "delivery.smtp.url:"),
            ("smtp: {url: \"smtp://x:587\", from: nobody}", "delivery.smtp.from:"),
            ("smtp: {from: a@b}", "delivery.smtp.url: it is missing"),
            ("smtp: {url: \"smtp://x:587\", user: u, from: a@b}", "delivery.smtp.user: a user needs a password"),
            (
                "smtp: {url: \"smtp://x:25\", user: u, password: \"${KEY}\", from: a@b, tls: when-offered}",
                "delivery.smtp.tls:"
            ),
            ("alerts: {to: [\"file:a\"]}", "delivery.alerts.to.0: alerts go to"),
            ("alerts: {hourly_burn: true}", "delivery.alerts.to: it is missing"),
            ("alerts: {to: [\"https://x/\"], movements: often}", "delivery.alerts.movements: true or false"),
            ("mail: {}", "delivery.mail: there is no such key"),
        ])
    func wrongMail(section: String, expected: String) throws {
        let texts = try read("delivery:\n  \(section)").problems.map { "\($0)" }
        #expect(texts.contains { $0.hasPrefix("payback.yaml:2: \(expected)") }, "\(texts)")
        #expect(!texts.joined().contains("hidden"))
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
            ("upstreams:\n- {name: a, kind: bedrock, credentials: [\"${KEY}\"]}", "upstreams.0.region: it is missing"),
            ("upstreams:\n- {name: a, kind: bedrock, region: US/East}", "upstreams.0.region: \"US/East\" is no region"),
            (
                "upstreams:\n- {name: a, kind: bedrock, region: us-east-1, access_key_id: \"${KEY}\"}",
                "upstreams.0.secret_access_key: it is missing"
            ),
            (
                "upstreams:\n- {name: a, kind: bedrock, base_url: \"http://x\", access_key_id: \"${KEY}\", secret_access_key: \"${KEY}\"}",
                "upstreams.0.region: it is missing"
            ),
            (
                "upstreams:\n- {name: a, kind: bedrock, region: x, credentials: [\"${KEY}\"], access_key_id: \"${KEY}\", secret_access_key: \"${KEY}\"}",
                "upstreams.0.access_key_id: there are credentials as well"
            ),
            (
                "upstreams:\n- {name: a, kind: openai, secret_access_key: \"${KEY}\"}",
                "upstreams.0.secret_access_key: only an upstream of the kind bedrock"
            ),
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

    @Test("Bedrock: a region makes the address, requests are signed or carry a key")
    func bedrock() throws {
        let (found, problems) = try read(
            """
            upstreams:
              - {name: a, kind: bedrock, region: us-east-1, access_key_id: "${KEY}", secret_access_key: "file:/secret", session_token: "${KEY}"}
              - {name: b, kind: bedrock, region: "${PLACE}", credentials: ["${KEY}"]}
              - {name: c, kind: bedrock, base_url: "http://proxy", credentials: ["${KEY}"]}
            """, environment: ["KEY": "from-environment", "PLACE": "cn-north-1"])
        #expect(problems.isEmpty, "\(problems)")
        #expect(
            found.upstreams.map(\.baseURL) == [
                "https://bedrock-runtime.us-east-1.amazonaws.com",
                "https://bedrock-runtime.cn-north-1.amazonaws.com.cn",
                "http://proxy",
            ])
        let key = AWSCredentials(
            accessKeyID: "from-environment", secretAccessKey: "from-file", sessionToken: "from-environment")
        #expect(found.upstreams.map(\.accessKey) == [key, nil, nil] && found.upstreams.map(\.keyCount) == [1, 1, 1])
        #expect(found.upstreams.allSatisfy { $0.billingProvider == "bedrock" })
        #expect(!"\(found)".contains("from-"))
    }

    @Test(
        "The environment that AWS's own tools read",
        arguments: [
            ([:], nil), (["AWS_BEARER_TOKEN_BEDROCK": "k"], nil),
            (["AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "i"], nil),
            (["AWS_REGION": "eu/west", "AWS_BEARER_TOKEN_BEDROCK": "k"], nil),
            (
                ["AWS_REGION": "eu-west-1", "AWS_BEARER_TOKEN_BEDROCK": "k"],
                "https://bedrock-runtime.eu-west-1.amazonaws.com"
            ),
            (
                [
                    "AWS_DEFAULT_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "i", "AWS_SECRET_ACCESS_KEY": "s",
                    "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": "http://x:1/",
                ], "http://x:1"
            ),
        ] as [([String: String], String?)])
    func environmentBedrock(environment: [String: String], url: String?) {
        let found = ConfigurationReader.environmentOnly(environment).upstreams
        #expect(found.map(\.baseURL) == [url].compactMap(\.self))
        #expect(found.allSatisfy { $0.kind == .bedrock && $0.region == "eu-west-1" && $0.keyCount == 1 })
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
