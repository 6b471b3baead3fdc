package import Documents
internal import Domain
internal import Policy

extension ReplayResult {
    /// For programs.
    package var json: JSONOutput {
        .object(
            headline + [
                .init("by_lever", .array(rows.map(json))),
                .init("by_day", .array(days.map(json))),
                .init("scenarios", .array(Self.usualScenarios.map(json))),
                .init("notes", .array(notes.map { .string($0) })),
            ])
    }

    private var headline: [JSONOutput.Member] {
        [
            .init("plan", .string(plan.name)), .init("requests", .integer(sums.requests)),
            .init(
                "period",
                .object([
                    .init("start", .text(sums.first?.rfc3339)), .init("end", .text(sums.last?.rfc3339)),
                ])),
            .init("unpriced_requests", .integer(sums.unpricedRequests)),
            .init("unpriced_tokens", .integer(sums.unpricedTokens)), .init("recorded_usd", .money(sums.recorded)),
            .init("baseline_usd", .money(sums.asked)), .init("baseline_method", .string("as_asked")),
            .init("reference_baseline_usd", .money(reference?.cost)),
            .init("reference_requests", .count(reference?.requests)),
            .init("realized_usd", .money(sums.planned)), .init("saving_usd", .money(sums.saving)),
            .init("saving_share", .fraction(savingShare)),
            .init("saving_share_denominator", .string("baseline of priced requests")),
            .init(
                "saving_share_interval",
                interval.map {
                    .object([
                        .init("level", .number(0.95)), .init("low", .number($0.lowerBound)),
                        .init("high", .number($0.upperBound)),
                    ])
                } ?? .null),
            .init("blocks", .integer(Int64(days.count))),
            .init(
                "reference_saving_share", .fraction(reference.flatMap { ($0.cost - sums.planned).share(of: $0.cost) })),
            .init("cash_saving_usd", .money(sums.cashSaving)),
            .init("freed_commitment_usd", .money(sums.freedCommitment)),
            .init("touched_requests", .integer(touched)), .init("held_out_requests", .integer(heldOut.requests)),
            .init("held_out_cost_usd", .money(heldOut.cost)),
        ]
    }

    private func json(_ row: LeverRow) -> JSONOutput {
        let tally = row.tally
        return .object([
            .init("rule", .string(row.rule.name)), .init("lever", .string(row.rule.action.lever.rawValue)),
            .init("state", .string(row.rule.state.rawValue)), .init("touched_requests", .integer(tally.touched)),
            .init("saving_usd", .money(tally.saving)), .init("alone_usd", .money(row.alone)),
            .init("saving_share", .fraction(tally.saving.share(of: sums.asked))),
            .init("monthly_saving_usd", .money(row.monthly)), .init("unpriced_requests", .integer(tally.unpriced)),
            .init("lookups", .count(row.lookups)), .init("hits", .count(row.lookups.map { _ in tally.hits })),
            .init("hit_rate", .fraction(row.hitRate)), .init("prefix_tokens", .count(row.prefixTokens)),
            .init("read_tokens", .count(row.prefixTokens.map { _ in tally.readTokens })),
            .init("read_rate", .fraction(row.readRate)),
            .init("written_tokens", .count(row.prefixTokens.map { _ in tally.writtenTokens })),
            .init("expected_worse_answers", .fraction(row.expectedWorse?.expected)),
            .init("most_worse_answers", .fraction(row.expectedWorse?.most)),
        ])
    }

    private func json(_ day: (day: Int64, asked: NanoUSD, planned: NanoUSD)) -> JSONOutput {
        .object([
            .init("date", .string(Timestamp(microseconds: day.day * Timestamp.microsecondsPerDay).dateText)),
            .init("baseline_usd", .money(day.asked)), .init("realized_usd", .money(day.planned)),
        ])
    }

    private func json(_ scenario: Scenario) -> JSONOutput {
        let (saving, asked) = saving(in: scenario)
        return .object([
            .init("name", .string(scenario.name)), .init("growth", .number(scenario.growth)),
            .init("price_change", .number(scenario.priceChange)),
            .init("gate_acceptance", .number(scenario.acceptance)),
            .init("saving_usd", .number(saving)), .init("saving_share", .fraction(asked > 0 ? saving / asked : nil)),
        ])
    }

    /// What readers have to know before they believe it.
    var notes: [String] {
        var notes: [String] = []
        if interval == nil {
            notes.append("There are fewer than eight days, so the saving has no interval.")
        } else {
            notes.append("The interval covers differences from day to day, not growth, prices or what gates accept.")
        }
        if let reference, reference.unpriced > 0 {
            notes.append(
                "\(NumberText.count(reference.unpriced)) requests of features with a reference have no price for it.")
        }
        if sums.unpricedRequests > 0 {
            notes.append("\(NumberText.count(sums.unpricedRequests)) requests have no price; they are in no sum.")
        }
        for row in rows {
            if case .cache(let terms) = row.rule.action, terms.match == .semantic {
                notes.append(
                    "\(row.rule.name): recorded hashes tell equal prompts, not those that mean the same. Its hits are a lower bound."
                )
            }
            if row.rule.action.mayChangeAnswers, row.rule.evidence == nil, row.rule.state == .on {
                notes.append("\(row.rule.name): no judged sample, so nobody knows how many answers get worse.")
            }
            if case .cache = row.rule.action, let count = row.tally.outcomes[.unscoped] {
                notes.append(
                    "\(row.rule.name): \(NumberText.count(count)) requests do not say whose they are, and share no answer."
                )
            }
            if case .route(let terms) = row.rule.action, let most = terms.largestLoss, let worse = row.expectedWorse,
                row.tally.touched > 0, worse.most / Double(row.tally.touched) > most
            {
                notes.append(
                    "\(row.rule.name): its judged sample does not prove that at most \(NumberText.percent(most)) of answers get worse."
                )
            }
            if row.tally.unpriced > 0 {
                notes.append(
                    "\(row.rule.name): \(NumberText.count(row.tally.unpriced)) requests stay as they are, for lack of a price."
                )
            }
        }
        return notes
    }
}

extension ReplayLane.Tally {
    /// Requests that a cache answered.
    var hits: Int64 { outcomes[.hit] ?? 0 }
}

extension ReplayResult.LeverRow {
    /// Look-ups; `nil` for rules that look nothing up.
    var lookups: Int64? {
        guard case .cache = rule.action else { return nil }
        return tally.outcomes.reduce(0) { $1.key == .unidentified || $1.key == .unscoped ? $0 : $0 + $1.value }
    }

    /// Hits over look-ups.
    var hitRate: Double? {
        lookups.flatMap { $0 > 0 ? Double(tally.hits) / Double($0) : nil }
    }

    /// Prompt tokens that came to a prefix rule.
    var prefixTokens: Int64? {
        guard case .alignPrefix = rule.action else { return nil }
        return tally.prefixTokens
    }

    /// The share of them that the provider's cache reads.
    var readRate: Double? {
        prefixTokens.flatMap { $0 > 0 ? Double(tally.readTokens) / Double($0) : nil }
    }
}
