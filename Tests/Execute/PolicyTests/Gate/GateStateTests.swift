import Documents
import Domain
import JSONScan
import Policy
import Statistics
import Testing

@Suite("The gate of a lever")
struct GateStateTests {
    private let moment = GateStreams.moment

    private func opened(_ change: (inout GateTerms) -> Void = { _ in }) -> GateState {
        var terms = GateTerms()
        change(&terms)
        var gate = GateState(terms: terms)
        gate.open(at: moment)
        return gate
    }

    /// Takes good verdicts until the gate has a state.
    private func raise(_ gate: inout GateState, to state: LeverState) {
        for _ in 0..<2_000 where gate.state != state { gate.take(Verdict(isAsGood: true), at: moment) }
    }

    @Test("It goes from off to on by evidence alone, and tells what it knew")
    func promotion() throws {
        var gate = GateState(terms: GateTerms())
        gate.take(Verdict(isAsGood: true), at: moment)
        #expect(gate.state == .off && gate.process.judged == 0 && gate.judgedShare == 0)
        gate.open(at: moment)
        #expect(gate.state == .shadow && gate.servedShare == 0 && gate.judgedShare == 1)
        raise(&gate, to: .canary)
        #expect(gate.servedShare == 0.1 && gate.process.judged == 242, "ln 40 instead of ln 20 at the first attempt")
        raise(&gate, to: .on)
        #expect(gate.servedShare == 1 && gate.judgedShare == 0.2 && gate.process.judged == 342)
        #expect(gate.transitions.map(\.cause) == [.opened, .proven, .confirmed])
        let proof = try #require(gate.transitions.dropFirst().first)
        #expect(proof.at == moment && proof.evidence.judged == 242 && proof.evidence.upperBound <= 0.02)
        #expect(proof.reason == "proven below the floor: 0 lost of 242 judged, at most 2.0 %")
    }

    @Test("It is rolled back when errors begin, and stays so until somebody opens it")
    func rollback() {
        var gate = opened()
        raise(&gate, to: .on)
        for _ in 0..<5_000 { gate.take(Verdict(isAsGood: true), at: moment) }
        var random = SeededRandom(seed: 2)
        for _ in 0..<200 { gate.take(.scored(GateStreams.loss(0.1, &random)), at: moment) }
        #expect(gate.state == .rolledBack && gate.transitions.last?.cause == .alarm)
        #expect(gate.servedShare == 0 && gate.judgedShare == 0)
        let judged = gate.process.judged
        gate.take(Verdict(isAsGood: true), at: moment)
        #expect(gate.process.judged == judged, "nothing counts any more")
        gate.open(at: moment)
        #expect(gate.state == .shadow && gate.attempt == 2 && gate.process.judged == 0)
        raise(&gate, to: .canary)
        #expect(gate.process.judged > 242, "a second attempt needs more evidence")
    }

    @Test("A bad lever never serves: it is refuted in shadow")
    func refutation() {
        var gate = opened()
        var random = SeededRandom(seed: 3)
        for _ in 0..<400 where gate.state == .shadow { gate.take(.scored(GateStreams.loss(0.1, &random)), at: moment) }
        #expect(gate.state == .rolledBack && gate.transitions.map(\.cause) == [.opened, .refuted])
    }

    @Test("Failed judgements are counted, not scored, and hold a promotion back")
    func failures() {
        var gate = opened()
        for _ in 0..<1_000 { gate.take(.failed("the judge is down"), at: moment) }
        #expect(gate.process.judged == 0 && gate.failed == 1_000 && gate.failedShare == 1 && gate.state == .shadow)
        for _ in 0..<500 { gate.take(Verdict(isAsGood: true), at: moment) }
        #expect(gate.isProven && gate.state == .shadow, "two of three judgements are missing")
    }

    @Test("A lever that nobody can judge stops serving until somebody can again")
    func blindness() {
        var gate = opened()
        raise(&gate, to: .on)
        for _ in 0..<19 { gate.take(.failed("down"), at: moment) }
        #expect(gate.servedShare == 1)
        gate.take(.failed("down"), at: moment)
        #expect(gate.isBlind && gate.servedShare == 0 && gate.judgedShare == 1 && gate.state == .on)
        gate.take(Verdict(isAsGood: true), at: moment)
        #expect(gate.servedShare == 1)
    }

    @Test("Pausing stops the serving, not the judging; closing ends both")
    func pause() {
        var gate = opened()
        raise(&gate, to: .on)
        gate.pause(because: "a complaint")
        #expect(gate.servedShare == 0 && gate.judgedShare == 0.2 && gate.pauseReason == "a complaint")
        gate.resume()
        #expect(gate.servedShare == 1)
        #expect(gate.withdraw(at: moment)?.to == .rolledBack)
        #expect(gate.close(at: moment)?.to == .off && gate.close(at: moment) == nil)
    }

    @Test("What is written is read back bit by bit, and goes on alike")
    func roundTrip() throws {
        var gate = opened()
        var random = SeededRandom(seed: 4)
        raise(&gate, to: .on)
        for _ in 0..<500 { gate.take(Verdict(loss: random.unit() / 50), at: moment) }
        gate.take(.failed("down"), at: moment)
        gate.pause(because: "lunch")
        let read = try GateStateReader.read(try JSONValue.parse(gate.json.text), terms: gate.terms)
        #expect(read == gate)
        #expect(read.json == gate.json)
    }

    @Test("Another floor keeps the attempts and none of the proof")
    func otherFloor() throws {
        var gate = opened()
        raise(&gate, to: .on)
        var terms = gate.terms
        terms.floor = 0.01
        let read = try GateStateReader.read(try JSONValue.parse(gate.json.text), terms: terms)
        #expect(read.state == .shadow && read.process.judged == 0 && read.attempt == 2)
        #expect(read.earlierPromotions.count == 1)
    }

    @Test(
        "A damaged record is refused by the key's name",
        arguments: [
            ("\"attempt\": 1", "\"attempt\": -1", "attempt"), ("\"shadow\"", "\"asleep\"", "state"),
            ("\"loss_sum\": 0.0", "\"loss_sum\": 5", "loss_sum"),
            ("\"detector_sums\": [", "\"detector_sums\": [1, ", "detector_sums"),
        ])
    func damage(old: String, new: String, key: String) throws {
        let gate = opened()
        let document = try JSONValue.parse(gate.json.text.replacing(old, with: new))
        let error = #expect(throws: GateStateError.self) { try GateStateReader.read(document, terms: gate.terms) }
        #expect(error?.description.contains(key) == true)
    }

    @Test("Terms outside their range are named")
    func terms() {
        var terms = GateTerms()
        #expect(terms.complaints.isEmpty)
        (terms.floor, terms.level, terms.mostFailuresInRow) = (0, .nan, 0)
        let names = terms.complaints.map { $0.split(separator: " ")[0] }
        #expect(names == ["floor", "level", "most_failures_in_row"])
    }
}
