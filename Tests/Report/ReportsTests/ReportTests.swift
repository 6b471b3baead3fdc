import Documents
import Domain
import Inputs
import Ledger
import Pricing
import Productivity
import Reports
import Statistics
import Testing

@Suite("Reports for finance")
struct ReportTests {
    private let february = ReportPeriod(month: Timestamp(year: 2026, month: 2, day: 1).month)

    /// Eight weeks of even traffic; February's requests are answered from a cache now and then.
    private func traffic() -> RecordBatch {
        var batch = RecordBatch()
        for day in Int64(0)..<59 {
            for number in Int64(0)..<10 {
                let isHit = day >= 31 && number < 3
                var record = ReportRecords.record(
                    &batch, day: day, cost: isHit ? 0 : 1_000_000, team: number < 5 ? "one" : nil,
                    baseline: isHit ? 1_000_000 : nil, number: number)
                if isHit { record.action = .exactCacheHit }
                if day >= 31, number == 9 { record.action = .heldOut }
                batch.records.append(record)
            }
        }
        return batch
    }

    @Test("Three numbers: baseline, realised, saved; with the weeks, an interval and a measured check")
    func executive() throws {
        let report = try ExecutiveReport.make(
            try ReportRecords.ledger(traffic()), february, prices: try PriceBook.shipped())
        let text = report.json.text
        #expect(text.contains("\"baseline_usd\": 0.28,") && text.contains("\"realized_usd\": 0.196,"))
        #expect(text.contains("\"savings_percent\": 30,") && text.contains("\"held_out_requests\": 28"))
        #expect(text.contains("\"week\": \"2026-01-26\", \"is_partial\": true"))
        #expect(text.contains("\"week\": \"2026-02-02\", \"is_partial\": false"))
        let page = MarkdownRenderer().render(report.document)
        #expect(page.contains("30.0 %") && page.contains("left untouched"))
    }

    @Test("Without a lever nothing is claimed; without traffic there is no report")
    func plain() throws {
        var batch = RecordBatch()
        batch.records.append(ReportRecords.record(&batch, day: 40, cost: 5_000))
        let report = try ExecutiveReport.make(
            try ReportRecords.ledger(batch), february, prices: try PriceBook.shipped())
        #expect(report.json.text.contains("\"holdout\": null") && !report.isEmpty)
        #expect(TextRenderer(useColour: false).render(report.document).contains("nothing saved yet"))
        let empty = try ExecutiveReport.make(MemoryLedger(), february, prices: try PriceBook.shipped())
        #expect(empty.isEmpty)
    }

    @Test("Savings stand by lever, beside what was predicted")
    func savings() throws {
        var plan = Plan()
        var rule = PlanRule(name: "repeats", action: .cache(CacheTerms()))
        rule.predictedMonthly = NanoUSD(nanos: 90_000_000)
        plan.rules = [rule]
        let report = try SavingsReport.make(try ReportRecords.ledger(traffic()), february, plan: plan)
        let text = report.json.text
        #expect(text.contains("\"action\": \"exact_cache_hit\", \"requests\": 84"))
        #expect(text.contains("\"saving_usd\": 0.084") && text.contains("\"predicted_monthly_usd\": 0.09"))
    }

    @Test("A customer that spends ten times as much is named, with its dollars and requests; even traffic names nobody")
    func movements() throws {
        let end = Timestamp(year: 2026, month: 3, day: 1)
        let quiet = try Movements.find(
            in: try ReportRecords.ledger(traffic()), until: Timestamp(year: 2026, month: 1, day: 31))
        #expect(quiet.isEmpty)
        var batch = traffic()
        for number in Int64(0)..<50 {
            batch.records.append(
                ReportRecords.record(&batch, day: 57, cost: 9_000_000, customer: "loud", number: 100 + number))
        }
        let found = try Movements.find(in: try ReportRecords.ledger(batch), until: end)
        let loud = try #require(found.first { $0.name == "loud" })
        #expect(loud.now == NanoUSD(nanos: 450_000_000) && loud.usual == .zero && loud.requests == 50)
    }

    @Test("Even traffic is forecast to go on; a month that is over is known")
    func forecast() throws {
        let ledger = try ReportRecords.ledger(traffic())
        let january = ReportPeriod(month: Timestamp(year: 2026, month: 1, day: 1).month).period
        let middle = try BudgetForecast.make(
            ledger, month: january, now: Timestamp(year: 2026, month: 1, day: 21), limit: NanoUSD(nanos: 200_000_000))
        let expected = try #require(middle.expected)
        #expect(abs(expected.estimate - 0.31) < 1e-9 && middle.spent == NanoUSD(nanos: 200_000_000))
        #expect(abs((middle.use ?? 0) - 1.55) < 1e-9)
        let over = try BudgetForecast.make(ledger, month: january, now: january.end)
        #expect(over.expected?.estimate == 0.31 && over.expected?.low == over.expected?.high)
        let early = try BudgetForecast.make(ledger, month: january, now: Timestamp(year: 2026, month: 1, day: 5))
        #expect(early.expected == nil, "four days say nothing about a month")
    }

    @Test("Showback charges teams by dated rules, shares what belongs to nobody, and sums to the whole")
    func showback() throws {
        let rules = try ShowbackRules(
            try YAMLDocument(
                text: """
                    shared: proportional
                    rules:
                      - {team: early, features: [search], until: 2026-02-11}
                      - {team: late, cost_center: C-1, customers: [acme], from: 2026-02-20}
                    """, file: "teams.yaml"))
        let ledger = try ReportRecords.ledger(traffic())
        let charged = try Showback(ledger, in: february.period, rules: rules)
        let total = charged.rows.reduce(NanoUSD.zero) { $0 + $1.total }
        #expect(total == NanoUSD(nanos: 196_000_000))
        #expect(
            Set(charged.rows.map(\.team)) == ["early", "late", "one"], "in between the records' own team is charged")
        #expect(charged.rows.first { $0.team == "early" }?.direct == NanoUSD(nanos: 70_000_000))
        #expect(charged.rows.first { $0.team == "late" }?.costCenter == "C-1")
        let alone = try Showback(ledger, in: february.period, rules: .none)
        #expect(alone.rows.map(\.team) == ["one", nil] && alone.rows.reduce(NanoUSD.zero) { $0 + $1.total } == total)
    }

    @Test("Shared cost goes by fixed shares, evenly or in proportion, each for its days, and sums to the nano-dollar")
    func sharedCost() throws {
        let rules = try ShowbackRules(
            try YAMLDocument(
                text: """
                    charge: customers
                    shared:
                      - {rule: fixed, until: 2026-02-11, shares: {acme: 2, absent: 1}}
                      - {rule: even}
                    costs:
                      - {name: Unused commitment, usd: 100, from: 2026-02-10, until: 2026-02-13}
                      - {name: Another month's, usd: 5, from: 2026-03-01, until: 2026-03-02}
                    """, file: "teams.yaml"))
        let ledger = try ReportRecords.ledger(traffic())
        let charged = try Showback(ledger, in: february.period, rules: rules)
        let direct = charged.rows.reduce(NanoUSD.zero) { $0 + $1.direct }
        let shared = charged.rows.reduce(NanoUSD.zero) { $0 + $1.shared }
        #expect(direct + shared == NanoUSD(nanos: 100_196_000_000), "what was spent, and the one cost of the month")
        #expect(charged.payers == .customers && charged.rule == "fixed, even")
        // A third of the one day under fixed shares goes to a customer without use: a day is 33.333333334 at most.
        let absent = try #require(charged.rows.first { $0.team == "absent" })
        #expect(absent.requests == 0 && abs(absent.shared.nanos - 11_111_111_111) <= 1)
        let none = try Showback(
            ledger, in: february.period,
            rules: try ShowbackRules(
                try YAMLDocument(
                    text: "costs: [{name: Fee, usd: 1, from: 2026-02-01, until: 2026-02-02}]", file: "teams.yaml")))
        #expect(
            none.rows.last?.team == nil
                && none.rows.reduce(NanoUSD.zero) { $0 + $1.total } == NanoUSD(nanos: 1_196_000_000))
    }

    @Test(
        "Bad showback rules are refused with key and line",
        arguments: [
            ("rules: []", "at least one rule"), ("rules: [{features: [a]}]", "rules.0.team"),
            ("rules:\n  - {team: a, from: 2026-03-01, until: 2026-01-01}", "teams.yaml:2: rules.0.until"),
            ("shared: unfair\nrules: [{team: a}]", "none of proportional"), ("rulez: []", "is rules meant"),
            ("shared: fixed\nrules: [{team: a}]", "write a list"),
            ("shared: [{rule: fixed}]\nrules: [{team: a}]", "shared.0.shares"),
            ("shared: [{rule: fixed, shares: {a: -1}}]\nrules: [{team: a}]", "shared.0.shares.a"),
            ("shared: [{rule: even, shares: {a: 1}}]\nrules: [{team: a}]", "only the rule fixed"),
            ("costs: [{name: a, usd: 1}]", "costs.0.from"),
            ("costs: [{name: a, usd: x, from: 2026-01-01, until: 2026-02-01}]", "costs.0.usd"),
        ])
    func refused(text: String, words: String) {
        #expect { try ShowbackRules(try YAMLDocument(text: text, file: "teams.yaml")) } throws: {
            "\($0)".contains(words)
        }
    }

    @Test("The month has the published keys, and what to do")
    func monthly() throws {
        let tasks = (0..<12).map { number in
            TaskMetric(
                id: "\(number)", taskType: "code_review", withAIMinutes: 10, withoutAIMinutes: 30, qualityScore: 0.9,
                apiCost: 0.5, timestamp: Timestamp(year: 2026, month: 2, day: 1 + number), evidence: .measured)
        }
        var inputs = MonthlyReport.Inputs(
            tasks: TaskSummary(tasks, rates: TaskSummary.Rates(hourly: 90)), now: february.period.end)
        inputs.budgets = [
            Budget(
                id: "b", scope: .total, limit: NanoUSD(nanos: 100_000_000), period: .month, timeZone: "UTC",
                enforcement: .soft)
        ]
        let report = try MonthlyReport.make(
            try ReportRecords.ledger(traffic()), february, prices: try PriceBook.shipped(), inputs: inputs)
        let text = report.json.text
        for key in [
            "headline_metrics", "roi_percentage", "net_value", "hours_saved", "trend", "top_value_tasks",
            "recommendations",
        ] {
            #expect(text.contains("\"\(key)\""), "\(key)")
        }
        #expect(text.contains("\"hours_saved\": 4,") && text.contains("\"cost\": 6}"))
        #expect(text.contains("196.0 %"), "the budget is passed, and that is said")
    }

    @Test("A name that came with traffic stays a name: no page runs what it contains")
    func hostileNames() throws {
        let name = "<script>alert('x')</script>\" onload=\"y"
        var batch = RecordBatch()
        for day in Int64(0)..<59 {
            batch.records.append(
                ReportRecords.record(
                    &batch, day: day, cost: day > 52 ? 90_000_000 : 1_000, model: name, feature: name, customer: name,
                    team: name))
        }
        let inputs = MonthlyReport.Inputs(
            tasks: TaskSummary([], rates: TaskSummary.Rates(hourly: 90)), now: february.period.end)
        let report = try MonthlyReport.make(
            try ReportRecords.ledger(batch), february, prices: try PriceBook.shipped(), inputs: inputs)
        let page = HTMLRenderer().render(report.document)
        #expect(page.contains("&lt;script&gt;") && !page.contains("<script") && !page.contains("\" onload"))
        let markdown = MarkdownRenderer().render(report.document)
        #expect(!markdown.contains("<script"))
    }

    @Test("CSV keeps exact numbers, quotes what has to be, and lets no cell become a formula")
    func csv() {
        let output: JSONOutput = [
            "name": .string("=cmd()"), "sum": .exact("1234.5"),
            "rows": .array([["team": .string("a, \"b\""), "usd": .exact("-3")], ["team": .null, "usd": .exact("4")]]),
        ]
        let text = CSVRenderer().render(output)
        #expect(
            text == "key,value\r\nname,'=cmd()\r\nsum,1234.5\r\n\r\nrows\r\nteam,usd\r\n\"a, \"\"b\"\"\",-3\r\n,4\r\n")
    }
}
