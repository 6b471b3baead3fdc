package import Documents

extension CachingBreakEven {
    /// For programs.
    package var json: JSONOutput {
        .object([
            .init("semantic_cache", semantic.map { json(of: $0) } ?? .null),
            .init("provider_cache", provider.map { json(of: $0) } ?? .null),
        ])
    }

    private func json(of cache: SemanticCache) -> JSONOutput {
        let whole = cache.breakEvenHitRate(within: path.horizonMonths)
        return .object([
            .init("net_saving_monthly_usd", cache.netMonthly),
            .init("break_even_hit_rate_running", cache.breakEvenHitRate),
            .init("break_even_hit_rate", whole <= 1 ? whole : nil),
            .init("break_even_repeats_per_prompt", SemanticCache.repeats(for: whole)),
            .init("break_even_requests_per_month", cache.breakEvenRequests(within: path.horizonMonths)),
            .init("expected_hit_rate", cache.expectedHitRate), .init("payback_months", cache.paybackMonths),
            .init("timing", timing?.json ?? .null),
        ])
    }

    private func json(of cache: ProviderCache) -> JSONOutput {
        .object([
            .init(
                "break_even_reuse_share", ProviderCache.breakEvenShare(write: cache.writeFactor, read: cache.readFactor)
            ),
            .init(
                "break_even_reads_per_write",
                ProviderCache.breakEvenReads(write: cache.writeFactor, read: cache.readFactor)),
            .init("prefix_cost_share", cache.costShare), .init("saving_monthly_usd", cache.savingMonthly),
            .init(
                "break_even_by_write_factor",
                .array(
                    [1.0, 1.25, 2].map { factor in
                        .object([
                            .init("write_factor", factor),
                            .init(
                                "break_even_reuse_share",
                                ProviderCache.breakEvenShare(write: factor, read: cache.readFactor)),
                            .init(
                                "break_even_reads_per_write",
                                ProviderCache.breakEvenReads(write: factor, read: cache.readFactor)),
                        ])
                    })),
        ])
    }

    /// For people.
    package var document: Document {
        Document(
            title: "When caching pays", subtitle: "USD a month; over \(path.horizonMonths) months.",
            blocks: (semantic.map { blocks(of: $0) } ?? []) + (provider.map { blocks(of: $0) } ?? []))
    }

    private func blocks(of cache: SemanticCache) -> [Block] {
        let whole = cache.breakEvenHitRate(within: path.horizonMonths)
        let repeats = SemanticCache.repeats(for: whole).map { NumberText.fixed($0, decimals: 2) }
        var blocks: [Block] = [
            .heading(level: 1, text: "A semantic cache of your own"),
            .figures([
                Figure(
                    "Saves", ProjectionText.headline(cache.netMonthly),
                    note: "a month, look-ups and running cost taken off"),
                Figure(
                    "Hit rate to break even", whole > 1 ? "never" : NumberText.percent(whole),
                    note:
                        "you assume \(NumberText.percent(cache.hitRate)); running it alone takes \(NumberText.percent(cache.breakEvenHitRate))"
                ),
                Figure("Payback", ProjectionText.months(cache.paybackMonths), note: "of building it"),
            ]),
            .paragraph(
                repeats.map {
                    "The pattern decides, not the volume: on average each question has to come \($0) times within a time to live, at today's prices and undiscounted."
                } ?? "No pattern of requests pays for building it within \(path.horizonMonths) months at this volume."),
        ]
        if let expected = cache.expectedHitRate {
            let verdict = expected < cache.hitRate ? "less than is assumed" : "as much as is assumed, or more"
            blocks.append(
                .paragraph(
                    "With the popularity stated, a perfect cache would hit \(NumberText.percent(expected)): \(verdict)."
                ))
        }
        if let timing { blocks.append(.paragraph(timing.sentence + " " + priceSentence(timing))) }
        return blocks
    }

    private func priceSentence(_ timing: TimingDecision) -> String {
        let change = NumberText.percent(path.changeAnnual)
        guard let limit = timing.breakEvenChange else {
            return "With prices at \(change) a year; no change of prices turns this round."
        }
        return "With prices at \(change) a year; it is worth nothing when they move by \(NumberText.percent(limit))."
    }

    private func blocks(of cache: ProviderCache) -> [Block] {
        let limit = ProviderCache.breakEvenShare(write: cache.writeFactor, read: cache.readFactor)
        let rows = [(1.0, "automatic"), (1.25, "5 minutes"), (2, "1 hour")].map { factor, name in
            Row([
                Cell(name), Cell(NumberText.fixed(factor, decimals: 2)),
                Cell(NumberText.percentage(ProviderCache.breakEvenShare(write: factor, read: cache.readFactor))),
                Cell(
                    NumberText.fixed(ProviderCache.breakEvenReads(write: factor, read: cache.readFactor), decimals: 0)),
            ])
        }
        return [
            .heading(level: 1, text: "The provider's prompt cache"),
            .figures([
                Figure("Saves", ProjectionText.headline(cache.savingMonthly), note: "a month"),
                Figure(
                    "Reuse to break even", NumberText.percent(limit),
                    note: "of prefix tokens; you assume \(NumberText.percent(cache.reuseShare))"),
                Figure("The prefix costs", NumberText.percent(cache.costShare), note: "of its price without a cache"),
            ]),
            .table(
                Table(
                    "Where writes cost extra, careless writes lose money",
                    columns: [
                        Column("Time to live"), Column("Write factor", .decimal),
                        Column("Break-even reuse, %", .decimal),
                        Column("Reads per write", .decimal),
                    ], rows: rows)),
        ]
    }
}
