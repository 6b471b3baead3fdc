internal import Domain
internal import NIOCore

/// A call that no caller asked for: a shadow, a judge, an embedding. It is admitted, journalled and metered like any other.
final class Errand {
    /// Why it is made.
    let purpose: CallPurpose
    /// The request that it is made for.
    let requestID: SortableID
    private var completion: ((ErrandAnswer?) -> Void)?

    init(_ purpose: CallPurpose, for requestID: SortableID, _ completion: @escaping (ErrandAnswer?) -> Void) {
        (self.purpose, self.requestID, self.completion) = (purpose, requestID, completion)
    }

    /// Says how it went, once.
    func end(_ answer: ErrandAnswer?) {
        guard let completion else { return }
        self.completion = nil
        completion(answer)
    }
}

/// What an errand brought.
struct ErrandAnswer {
    /// The answer's body; absent where there is none that can be used.
    let body: [UInt8]?
    /// What it cost; absent where it has no price.
    let cost: NanoUSD?

    init(_ end: CallEnd, _ outcome: CallOutcome, _ relay: Relay) {
        cost = outcome.costKind == .unpriced ? nil : outcome.cost
        guard case .answered = end, outcome.status == .ok, relay.inflater == nil, let held = relay.held else {
            body = nil
            return
        }
        body = Array(held.readableBytesView)
    }
}
