internal import Domain
internal import Ledger
internal import Policy

/// Writes Prometheus' text format, version 0.0.4.
struct PrometheusText {
    private(set) var text = ""

    /// Begins a metric.
    mutating func begin(_ name: String, _ kind: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
    }

    /// Adds a sample.
    mutating func add(_ name: String, _ labels: [(String, String)] = [], _ value: String) {
        let list = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        text += list.isEmpty ? "\(name) \(value)\n" : "\(name){\(list)} \(value)\n"
    }

    /// Adds quantiles of durations, in seconds.
    mutating func add(_ name: String, _ histogram: LatencyHistogram, help: String) {
        begin(name, "summary", help)
        for quantile in [0.5, 0.9, 0.95, 0.99] {
            guard let micros = histogram.quantile(quantile) else { continue }
            add(name, [("quantile", "\(quantile)")], "\(micros / 1e6)")
        }
        add(name + "_count", [], "\(histogram.count)")
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

extension Gateway {
    /// Everything that is counted, for Prometheus.
    ///
    /// - Parameter records: what folding the journal has come to.
    package func prometheus(records: (added: Int, repeated: Int, damagedBytes: Int)) async throws -> String {
        let metrics = try await self.metrics()
        let state = try await self.state()
        var out = PrometheusText()
        metrics.write(to: &out)
        out.begin("payback_connections", "gauge", "Callers' connections.")
        out.add("payback_connections", [], "\(state.connections)")
        out.begin("payback_callerless_calls", "gauge", "Calls whose callers have left, and whose answers are awaited.")
        out.add("payback_callerless_calls", [], "\(state.callerlessCalls)")
        out.begin("payback_upstream_circuit_open", "gauge", "Upstreams that are left alone because they keep failing.")
        for name in state.openBreakers.sorted() { out.add("payback_upstream_circuit_open", [("upstream", name)], "1") }
        out.begin("payback_journal_records_folded_total", "counter", "Records that reached the ledger.")
        out.add("payback_journal_records_folded_total", [], "\(records.added)")
        out.begin("payback_journal_writable", "gauge", "Whether calls can be recorded.")
        out.add("payback_journal_writable", [], core.journalFailure == nil ? "1" : "0")
        out.begin("payback_journal_free_bytes", "gauge", "Free bytes on the journal's disk.")
        if let free = core.journal.freeBytes { out.add("payback_journal_free_bytes", [], "\(free)") }
        writeBudgets(to: &out)
        return out.text
    }

    private func writeBudgets(to out: inout PrometheusText) {
        let states = core.budgetStates
        for (name, help, value) in [
            ("payback_budget_limit_usd", "The limit of each budget.", { $0.budget.limit }),
            ("payback_budget_spent_usd", "What was spent in the present period.", { $0.spent }),
            ("payback_budget_reserved_usd", "What calls in flight hold.", { $0.reserved }),
            ("payback_budget_left_usd", "What is left for new calls.", { $0.budget.limit - $0.spent - $0.reserved }),
        ] as [(String, String, (BudgetState) -> NanoUSD)] {
            out.begin(name, "gauge", help)
            for state in states {
                let scope = state.customer.map { "customer=\($0)" } ?? state.budget.scope.text
                out.add(
                    name, [("budget", state.budget.id), ("scope", scope), ("period", state.budget.period.text)],
                    value(state).decimalText)
            }
        }
    }
}

extension GatewayMetrics {
    fileprivate func write(to out: inout PrometheusText) {
        out.begin("payback_requests_total", "counter", "Requests that callers sent, whatever became of them.")
        out.add("payback_requests_total", [], "\(requests)")
        out.begin("payback_refused_total", "counter", "Requests that were refused, by reason.")
        for (code, count) in refusals.sorted(by: { $0.key < $1.key }) {
            out.add("payback_refused_total", [("reason", code)], "\(count)")
        }
        out.begin("payback_retries_total", "counter", "Attempts after the first.")
        out.add("payback_retries_total", [], "\(retries)")
        out.begin("payback_records_lost_total", "counter", "Calls without a record, where the operator allows that.")
        out.add("payback_records_lost_total", [], "\(recordsLost)")
        writeCalls(to: &out)
        out.add(
            "payback_request_duration_seconds", latency,
            help: "From the first byte of a request to the last of its answer.")
        out.add(
            "payback_time_to_first_byte_seconds", timeToFirstByte, help: "From a request to the upstream's first byte.")
        out.add("payback_overhead_seconds", overhead, help: "The gateway's own time.")
    }

    private func writeCalls(to out: inout PrometheusText) {
        let sorted = calls.sorted { a, b in
            (a.key.surface, a.key.provider, a.key.model, a.key.status)
                < (b.key.surface, b.key.provider, b.key.model, b.key.status)
        }
        for (name, help, value) in [
            ("payback_calls_total", "Calls that ended.", { "\($0.calls)" }),
            ("payback_calls_estimated_total", "Calls whose tokens are estimated.", { "\($0.estimated)" }),
            ("payback_calls_unpriced_total", "Calls without a price.", { "\($0.unpriced)" }),
            ("payback_cost_usd_total", "What calls cost.", { $0.cost.decimalText }),
        ] as [(String, String, (Sums) -> String)] {
            out.begin(name, "counter", help)
            for (key, sums) in sorted { out.add(name, key.labels, value(sums)) }
        }
        out.begin("payback_tokens_total", "counter", "Tokens by bucket; reasoning is of output.")
        for (key, sums) in sorted {
            for (bucket, count) in [
                ("uncached_input", sums.input), ("cache_read", sums.cacheRead), ("cache_write", sums.cacheWrite),
                ("output", sums.output), ("reasoning", sums.reasoning),
            ] where count > 0 {
                out.add("payback_tokens_total", key.labels + [("bucket", bucket)], "\(count)")
            }
        }
    }
}

extension GatewayMetrics.Key {
    fileprivate var labels: [(String, String)] {
        [("surface", surface), ("provider", provider), ("model", model), ("status", status)]
    }
}
