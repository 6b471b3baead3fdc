package import Documents
package import Domain

extension Findings {
    /// The findings in the shape that `docs/command-line.md` fixes.
    package var json: JSONOutput {
        [
            "period": period.map {
                ["start": .string($0.start.rfc3339), "end": .string($0.end.rfc3339)]
            } ?? .null,
            "requests": .integer(totals.requests), "calls": .integer(totals.calls),
            "rows_read": .integer(Int64(rowsRead)),
            "rows_rejected": .integer(Int64(rowsRejected)), "records_repeated": .integer(Int64(recordsRepeated)),
            "composed": .bool(isComposed), "price_book_version": .string(priceBookVersion),
            "spend": totals.spendJSON, "tokens": totals.tokensJSON,
            "cost_per_request_usd": .money(totals.cost.divided(by: totals.requests)),
            "latency_ms": latency.json, "time_to_first_token_ms": timeToFirstToken.json,
            "failures": [
                "failed": .integer(totals.failed), "refused": .integer(totals.refused),
                "retries": .integer(totals.retries),
                "failure_rate": .fraction(Self.share(totals.failed + totals.refused, of: totals.calls)),
                "cost_usd": .money(NanoUSD(nanos: totals.failedCost)),
            ],
            "by_model": groups(byModel, key: "model"), "by_feature": groups(byFeature, key: "feature"),
            "by_customer": groups(byCustomer, key: "customer"), "concentration": concentrationJSON,
            "duplicates": duplicates.json, "prefix_reuse": .array(prefixReuse.map(\.json)),
            "coverage": .array(coverage.map(\.json)), "control_totals": .array(controlTotals.map(\.json)),
            "untagged": [
                "requests": .integer(untagged.requests), "cost_usd": .money(untagged.cost),
                "cost_share": .fraction(untagged.cost.share(of: totals.cost)),
            ],
            "top_prompts": .array(topPrompts.map(\.json)),
            "top_templates": .array(topTemplates.map { $0.json(total: totals.cost) }),
            "plan": .array(plan.actions.map(\.json)), "diagnostics": .array(diagnostics.map(\.json)),
        ]
    }

    private func groups(_ groups: [SpendGroup], key: String) -> JSONOutput {
        .array(groups.map { $0.json(key: key, total: totals.cost) })
    }

    private var concentrationJSON: JSONOutput {
        [
            "model": Concentration(byModel, total: totals.cost).json,
            "feature": Concentration(byFeature, total: totals.cost).json,
            "customer": Concentration(byCustomer, total: totals.cost).json,
        ]
    }

    static func share(_ part: Int64, of whole: Int64) -> Double? { whole > 0 ? Double(part) / Double(whole) : nil }
}

extension UsageMeasures {
    var spendJSON: JSONOutput {
        [
            "total_usd": .money(cost), "billed_usd": .money(NanoUSD(nanos: billed)),
            "reported_usd": .money(NanoUSD(nanos: reported)), "priced_usd": .money(NanoUSD(nanos: priced)),
            "unpriced_requests": .integer(unpricedRequests), "unpriced_tokens": .integer(unpricedTokens),
        ]
    }

    var tokensJSON: JSONOutput { .object(tokenMembers) }

    var tokenMembers: [JSONOutput.Member] {
        [
            .init("uncached_input", .integer(uncachedInput)), .init("cache_read", .integer(cacheRead)),
            .init("cache_write_5m", .integer(cacheWrite5m)), .init("cache_write_1h", .integer(cacheWrite1h)),
            .init("output", .integer(output)), .init("reasoning", .integer(reasoning)),
        ]
    }
}

extension LatencyHistogram {
    var json: JSONOutput { ["p50": milliseconds(0.5), "p95": milliseconds(0.95), "p99": milliseconds(0.99)] }

    private func milliseconds(_ q: Double) -> JSONOutput { .fraction(quantile(q).map { $0 / 1000 }) }
}

extension SpendGroup {
    func json(key: String, total: NanoUSD) -> JSONOutput {
        var members: [JSONOutput.Member] = []
        if key == "model" { members.append(.init("provider", .text(provider))) }
        members += [
            .init(key, .text(name)), .init("requests", .integer(measures.requests)),
            .init("cost_usd", .money(measures.cost)), .init("cost_share", .fraction(measures.cost.share(of: total))),
        ]
        members += measures.tokenMembers
        members += [
            .init("cost_per_request_usd", .money(measures.cost.divided(by: measures.requests))),
            .init("unpriced_requests", .integer(measures.unpricedRequests)),
            .init("unpriced_tokens", .integer(measures.unpricedTokens)), .init("latency_ms", latency.json),
        ]
        return .object(members)
    }
}

extension DuplicateFindings {
    var json: JSONOutput {
        [
            "requests_with_prompt": .integer(requestsWithPrompt), "distinct_prompts": .integer(Int64(distinctPrompts)),
            "duplicate_requests": .integer(duplicateRequests), "duplicate_rate": .fraction(rate),
            "duplicate_cost_usd": .money(duplicateCost), "normalised_duplicate_requests": .count(normalisedRequests),
            "normalised_duplicate_rate": .fraction(normalisedRate),
            "normalised_duplicate_cost_usd": .money(normalisedCost),
        ]
    }
}

extension PrefixReuseFinding {
    var json: JSONOutput {
        [
            "ttl_seconds": .count(timeToLive.map(Int64.init)), "input_tokens": .integer(inputTokens),
            "reusable_tokens": .integer(reusableTokens), "reusable_rate": .fraction(rate),
        ]
    }
}

extension CoverageFinding {
    var json: JSONOutput {
        [
            "provider": .string(provider), "authority": .text(authority?.name), "currency": .string(currency),
            "billed_usd": currency == "USD" ? .amount(billed) : .null, "explained_usd": .money(explained),
            "unattributed_usd": .amount(unattributed), "coverage_rate": .fraction(rate),
            "reported_tokens": .count(reportedTokens), "explained_tokens": .integer(explainedTokens),
            "period": period.map { ["start": .string($0.start.rfc3339), "end": .string($0.end.rfc3339)] } ?? .null,
        ]
    }
}

extension ControlSummary {
    var json: JSONOutput {
        [
            "source": .string(source), "provider": .string(provider), "service": .text(service), "ai": .bool(isAI),
            "currency": .string(currency), "rows": .integer(Int64(rows)), "requests": .integer(requests),
            "tokens": .integer(tokens), "billed": .amount(billed), "effective": .amount(effective),
            "list": .amount(list), "contracted": .amount(contracted),
        ]
    }
}

extension TopPrompt {
    var json: JSONOutput {
        ["prompt_hash": .string(promptHash), "requests": .integer(requests), "cost_usd": .money(cost)]
    }
}

extension TemplateFinding {
    func json(total: NanoUSD) -> JSONOutput {
        var members: [JSONOutput.Member] = [
            .init("template", .string(name)), .init("pattern", .text(pattern)),
            .init("requests", .integer(measures.requests)), .init("cost_usd", .money(measures.cost)),
            .init("cost_share", .fraction(measures.cost.share(of: total))),
        ]
        members += measures.tokenMembers
        members += [
            .init("cost_per_request_usd", .money(measures.cost.divided(by: measures.requests))),
            .init("distinct_prompts", .integer(distinctPrompts)), .init("duplicate_cost_usd", .money(duplicateCost)),
            .init("reusable_rate", .fraction(reusableRate)), .init("main_model", .text(mainModel)),
            .init("advice", .text(advice)),
        ]
        return .object(members)
    }
}

extension Plan.Action {
    var json: JSONOutput {
        [
            "lever": .string(lever.rawValue), "subject": .string(subject), "advice": .string(advice),
            "upper_bound_usd": .money(upperBound),
        ]
    }
}

extension Diagnostic {
    /// The diagnostic in JSON.
    package var json: JSONOutput {
        [
            "file": .text(file), "line": .count(line.map(Int64.init)), "code": .string(code),
            "severity": .string(severity.name), "message": .string(message), "count": .integer(Int64(count)),
        ]
    }
}
