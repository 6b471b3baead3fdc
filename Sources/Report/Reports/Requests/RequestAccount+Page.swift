package import Documents
internal import Domain
internal import JSONScan

extension RequestAccount {
    /// For a page: the money, the phases on one time line, each attempt, the decision and its reason.
    package var blocks: [Block] {
        var blocks: [Block] = [.figures(figures), .table(facts)]
        if let timeline { blocks.append(.ranges(timeline)) }
        if let attempts { blocks.append(.table(attempts)) }
        return blocks
    }

    private var figures: [Figure] {
        [
            Figure(
                "Cost", record.costKind == .unpriced ? "unpriced" : NumberText.unitCost(record.cost), note: costText),
            Figure("Status", record.status.name, note: "HTTP \(record.httpStatus)"),
            Figure(
                "Latency", milliseconds(record.latency), note: "first byte \(milliseconds(record.timeToFirstToken))"),
        ]
    }

    private var facts: Table {
        let rows: [(String, String?)] = [
            ("Call", "\(record.attempt), \(record.purpose.name)"), ("Started", record.startedAt.rfc3339),
            ("Model", model), ("For", whom), ("Key", batch.vocabulary.text(record.credential)),
            ("Session", batch.string(record.session)), ("Tokens", bucketText),
            ("Reason", batch.vocabulary.text(record.actionReason)), ("Fault", trace["fault"]?.text),
            (
                "Baseline",
                record.baselineMethod.isAbsent
                    ? nil : "$\(record.baseline.decimalText) (\(name(record.baselineMethod)))"
            ),
            ("Reserved at most", trace["worst_case_usd"]?.text.map { "$" + $0 }),
            (
                "Decision",
                trace["decision"]?.text.map { "\(record.action.name): \(trace["decision_reason"]?.text ?? $0)" }
            ),
            ("Tags", batch.vocabulary.text(record.tags)?.replacing("\n", with: ", ")),
            ("Prompt", record.prompt.exact.isAbsent ? nil : record.prompt.exact.hexadecimal),
            ("Response id", batch.string(record.responseID)), ("Durability", trace["durability"]?.text),
        ]
        return Table(
            "What is known", columns: [Column("What"), Column("Value")],
            rows: rows.compactMap { label, value in
                guard let value, !value.isEmpty else { return nil }
                return Row([Cell(label), Cell(value)])
            })
    }

    /// The gateway's phases; each begins where the one before ended.
    private var timeline: RangeChart? {
        let phases = (trace["phases_us"]?.members ?? []).compactMap { phase in
            phase.value.integer.map { (name: phase.key, at: Double($0) / 1_000) }
        }
        guard phases.count > 1 else { return nil }
        let starts = [0] + phases.dropLast().map(\.at)
        return RangeChart(
            "Where the time went", subtitle: "milliseconds from the request's first byte",
            items: zip(phases, starts).map { phase, start in
                RangeItem(
                    phase.name, low: start, high: phase.at,
                    text: "\(NumberText.fixed(start, decimals: 2))–\(NumberText.fixed(phase.at, decimals: 2))")
            })
    }

    private var attempts: Table? {
        let attempts = trace["attempts"]?.elements ?? []
        if attempts.isEmpty { return nil }
        return Table(
            "Upstream attempts",
            columns: [
                Column("Attempt", .decimal), Column("Upstream"), Column("Model"), Column("Result"),
                Column("Began at", .decimal), Column("Took", .decimal),
            ],
            rows: attempts.enumerated().map { number, attempt in
                Row([
                    Cell("\(number + 1)"), Cell(attempt["upstream"]?.text ?? NumberText.none),
                    Cell(attempt["model"]?.text ?? NumberText.none),
                    Cell(attempt["failure"]?.text ?? "HTTP \(attempt["status"]?.text ?? NumberText.none)"),
                    Cell(milliseconds(attempt["started_us"]?.integer ?? -1)),
                    Cell(attempt["took_us"]?.integer.map { milliseconds($0) } ?? NumberText.none),
                ])
            })
    }
}
