package import Domain
package import JSONScan

/// Why a kept gate cannot be read.
package struct GateStateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Which key, and what was expected there.
    package let description: String
}

/// Reads gates that ``GateState/json`` wrote.
package enum GateStateReader {
    /// Reads a gate.
    ///
    /// Where the floor was changed since, the verdicts prove nothing about the new one: the gate is given back without
    /// them, in shadow if it was open, and its earlier attempts still count.
    ///
    /// - Throws: the first key that is missing or out of range.
    package static func read(_ document: JSONValue, terms: GateTerms) throws(GateStateError) -> GateState {
        var gate = GateState(terms: terms)
        gate.state = try word(document, "state")
        if let reason = document["pause_reason"], case .string(let text) = reason { gate.pauseReason = text }
        gate.attempt = try count(document, "attempt")
        gate.failed = try count(document, "failed")
        gate.failuresInRow = try count(document, "failures_in_row")
        gate.earlierPromotions = try numbers(document["earlier_promotions"], "earlier_promotions", count: nil)
        if let value = document["promotion_log_evidence"], value != .null {
            gate.promotionLogEvidence = try number(value, "promotion_log_evidence", -1e9...1e9)
        }
        for element in document["transitions"]?.elements ?? [] { gate.transitions.append(try transition(element)) }
        try evidence(document, into: &gate)
        return gate
    }

    private static func evidence(_ document: JSONValue, into gate: inout GateState) throws(GateStateError) {
        let floor = try number(document["floor_rate"], "floor_rate", 0...1)
        guard floor == gate.process.floor else { return startAnew(&gate) }
        let judged = try count(document, "judged")
        gate.process = LossProcess(
            floor: floor, judged: judged,
            lossSum: try number(document["loss_sum"], "loss_sum", 0...Double(judged)),
            fallingLogs: try numbers(document["log_wealth_below"], "log_wealth_below", count: BetMixture.below.count),
            risingLogs: try numbers(document["log_wealth_above"], "log_wealth_above", count: BetMixture.above.count))
        gate.detector = RollbackDetector(
            floor: floor, averageRunLength: gate.terms.averageRunLength, judged: try count(document, "detector_judged"),
            sums: try numbers(document["detector_sums"], "detector_sums", count: BetMixture.above.count))
    }

    private static func startAnew(_ gate: inout GateState) {
        if gate.state == .canary || gate.state == .on { gate.state = .shadow }
        if let evidence = gate.promotionLogEvidence { gate.earlierPromotions.append(evidence) }
        (gate.promotionLogEvidence, gate.failed, gate.failuresInRow) = (nil, 0, 0)
        if gate.attempt > 0 { gate.attempt += 1 }
    }

    private static func transition(_ value: JSONValue) throws(GateStateError) -> GateTransition {
        guard let at = value["at"]?.text.flatMap({ Timestamp.read($0) }) else { throw fault("at", "a time") }
        let known = value["evidence"] ?? .null
        let evidence = GateEvidence(
            attempt: try count(known, "attempt"), judged: try count(known, "judged"),
            lossSum: try number(known["loss_sum"], "loss_sum", 0...1e15), failed: try count(known, "failed"),
            upperBound: try number(known["upper_bound_rate"], "upper_bound_rate", 0...1),
            logEvidence: try number(known["log_evidence"], "log_evidence", -1e9...1e9),
            detector: try number(known["detector"], "detector", 0...1e300),
            servingJudged: try count(known, "serving_judged"))
        return GateTransition(
            from: try word(value, "from"), to: try word(value, "to"), cause: try word(value, "cause"), at: at,
            evidence: evidence)
    }
}

extension GateStateReader {
    private static func fault(_ key: String, _ expected: String) -> GateStateError {
        GateStateError(description: "\(key) of a kept gate: \(expected) was expected; open the gate anew")
    }

    private static func word<Word: RawRepresentable>(
        _ document: JSONValue, _ key: String
    ) throws(GateStateError) -> Word where Word.RawValue == String {
        guard let word = document[key]?.text.flatMap({ Word(rawValue: $0) }) else { throw fault(key, "a known word") }
        return word
    }

    private static func count(_ document: JSONValue, _ key: String) throws(GateStateError) -> Int {
        guard let value = document[key]?.integer, (0...1_000_000_000_000).contains(value) else {
            throw fault(key, "a whole number of at least 0")
        }
        return Int(value)
    }

    private static func number(
        _ value: JSONValue?, _ key: String, _ range: ClosedRange<Double>
    ) throws(GateStateError) -> Double {
        guard case .number(let text)? = value, let number = Double(text), range.contains(number) else {
            throw fault(key, "a number in \(range)")
        }
        return number
    }

    private static func numbers(_ value: JSONValue?, _ key: String, count: Int?) throws(GateStateError) -> [Double] {
        guard case .array(let elements)? = value, count == nil || elements.count == count else {
            throw fault(key, count.map { "\($0) numbers" } ?? "a list of numbers")
        }
        var numbers: [Double] = []
        for element in elements { numbers.append(try number(element, key, -1e300...1e300)) }
        return numbers
    }
}
