package import Domain
internal import Prompts

extension AuditAccumulator {
    /// What was found in all that was taken in.
    ///
    /// - Parameters:
    ///   - top: how many of the dearest prompts and templates are listed.
    ///   - run: what reading came to.
    ///   - invoices: invoice totals that were typed in.
    package mutating func findings(top: Int, run: ReadingSummary, invoices: [ControlTotal] = []) -> Findings {
        finish()
        var findings = Findings()
        if let earliest, let latest {
            findings.period = Period(start: earliest, end: Timestamp(microseconds: latest.microseconds + 1))
        }
        findings.rowsRead = run.rowsRead
        findings.rowsRejected = run.diagnostics.rejections
        findings.recordsRepeated = deduplication.repeated
        findings.totals = totals
        (findings.latency, findings.timeToFirstToken) = (latency, timeToFirstToken)
        findings.untagged = untagged
        addGroups(&findings)
        addRepetition(&findings, top: top)
        let days = Dictionary(
            uniqueKeysWithValues: providerDays.days.compactMap { provider, days in
                vocabulary.text(provider).map { ($0, days) }
            })
        findings.coverage = Coverage.findings(days: days, totals: controlTotals + invoices)
        findings.controlTotals = Coverage.summaries(controlTotals + invoices)
        findings.diagnostics = run.diagnostics.entries + ownDiagnostics
        findings.plan = Advice.plan(for: findings)
        return findings
    }

    private func addGroups(_ findings: inout Findings) {
        findings.byModel =
            models.filled.map { term, group in
                let pair = modelPairs.pairs[Int(term.index)]
                return SpendGroup(
                    provider: vocabulary.text(pair.first), name: vocabulary.text(pair.second), measures: group.measures,
                    latency: group.latency)
            }.sortedByCost
        findings.byFeature = spendGroups(features)
        findings.byCustomer = spendGroups(customers)
    }

    private func spendGroups(_ table: GroupTable) -> [SpendGroup] {
        table.filled.map { term, group in
            SpendGroup(name: vocabulary.text(term), measures: group.measures, latency: group.latency)
        }.sortedByCost
    }

    private func addRepetition(_ findings: inout Findings, top: Int) {
        findings.duplicates.requestsWithPrompt = prompts.requests
        findings.duplicates.distinctPrompts = prompts.distinct
        findings.duplicates.duplicateRequests = prompts.duplicates.requests
        findings.duplicates.duplicateCost = NanoUSD(nanos: prompts.duplicates.cost)
        if prompts.hasNormalised {
            findings.duplicates.normalisedRequests = prompts.normalisedDuplicates.requests
            findings.duplicates.normalisedCost = NanoUSD(nanos: prompts.normalisedDuplicates.cost)
        }
        findings.prefixReuse = PrefixReuse.timesToLive.enumerated().map { position, time in
            PrefixReuseFinding(
                timeToLive: time == .max ? nil : Int(time / 1_000_000), inputTokens: prefixReuse.inputTokens,
                reusableTokens: prefixReuse.reusableTokens[position])
        }
        findings.topPrompts = prompts.dearest(top)
        findings.topTemplates = Array(templateFindings.prefix(top))
    }

    private var templateFindings: [TemplateFinding] {
        let mined = zip(templates.templates, templates.mined).map { template, totals in
            finding(template.name, pattern: template.pattern, totals)
        }
        let named = templates.named.map { finding(vocabulary.text($0) ?? "", pattern: nil, $1) }
        return (mined + named).filter { $0.measures.calls > 0 }.sorted { a, b in
            a.measures.cost != b.measures.cost
                ? a.measures.cost > b.measures.cost
                : a.measures.totalTokens != b.measures.totalTokens
                    ? a.measures.totalTokens > b.measures.totalTokens : a.name < b.name
        }
    }

    private func finding(_ name: String, pattern: String?, _ totals: TemplateTable.Totals) -> TemplateFinding {
        var finding = TemplateFinding(
            name: name, measures: totals.measures, distinctPrompts: totals.distinctPrompts,
            duplicateCost: NanoUSD(nanos: totals.duplicateCost))
        finding.pattern = pattern
        if totals.prefixInput > 0 { finding.reusableRate = Double(totals.reusable) / Double(totals.prefixInput) }
        finding.mainModel = totals.costByModel.max { ($0.value, $1.key.index) < ($1.value, $0.key.index) }
            .flatMap { vocabulary.text(modelPairs.pairs[Int($0.key.index)].second) }
        finding.advice = Advice.sentence(for: finding)
        return finding
    }

    private var ownDiagnostics: [Diagnostic] {
        var entries: [Diagnostic] = []
        if deduplication.repeated > 0 {
            entries.append(
                Diagnostic(
                    "repeated_records", "Records that had been read already were not counted again.", severity: .note,
                    count: deduplication.repeated))
        }
        if deduplication.reportedTwice > 0 {
            entries.append(
                Diagnostic(
                    "reported_by_two_sources", "The same responses are reported by two sources; the first one counts.",
                    count: deduplication.reportedTwice))
        }
        if outsidePeriod > 0 {
            entries.append(
                Diagnostic(
                    "outside_period", "Records outside --since and --until were left out.", severity: .note,
                    count: outsidePeriod))
        }
        return entries
    }
}

extension [SpendGroup] {
    /// The dearest first; without money the largest; then by name.
    package var sortedByCost: [SpendGroup] {
        sorted { a, b in
            if a.measures.cost != b.measures.cost { return a.measures.cost > b.measures.cost }
            if a.measures.totalTokens != b.measures.totalTokens {
                return a.measures.totalTokens > b.measures.totalTokens
            }
            return (a.provider ?? "", a.name ?? "") < (b.provider ?? "", b.name ?? "")
        }
    }
}
