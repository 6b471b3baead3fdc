/// Whether, and after how long, a failed call is tried again.
package struct RetryPolicy: Sendable, Hashable {
    /// Attempts of one request, the first included.
    package var attempts: Int
    /// The first pause, in milliseconds.
    package var baseDelay: Int64
    /// The longest pause, in milliseconds.
    package var longestDelay: Int64

    /// Creates a policy.
    package init(attempts: Int, baseDelay: Int64, longestDelay: Int64) {
        (self.attempts, self.baseDelay, self.longestDelay) = (attempts, baseDelay, longestDelay)
    }

    /// Whether an HTTP status means that another try may help: the server is busy, or failed by itself.
    package static func mayHelp(status: Int) -> Bool {
        [408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529].contains(status)
    }

    /// Milliseconds to wait before the next attempt: what the server asked for, else full jitter over a span that
    /// doubles with every attempt ("Exponential backoff and jitter", M. Brooker, 2015).
    ///
    /// - Parameters:
    ///   - attempt: the attempt that failed, from 1.
    ///   - retryAfter: what the server asked for, in milliseconds.
    ///   - draw: a random fraction, from 0 to below 1.
    /// - Returns: `nil` where there is to be no other attempt.
    package func delay(after attempt: Int, retryAfter: Int64?, draw: Double) -> Int64? {
        guard attempt < attempts else { return nil }
        if let retryAfter { return retryAfter <= longestDelay ? retryAfter : nil }
        let span = min(baseDelay << min(Int64(attempt - 1), 20), longestDelay)
        return Int64(Double(span) * draw)
    }
}

/// Keeps retries a fraction of the traffic, so that a failing provider is not buried under them.
///
/// Every request pays a fraction into the purse, every retry takes a whole out of it.
package struct RetryBudget: Sendable, Hashable {
    private static let most = 20.0
    private let share: Double
    private var purse: Double

    /// Creates a full purse.
    ///
    /// - Parameter share: retries per request, as a fraction.
    package init(share: Double) {
        self.share = share
        purse = share > 0 ? Self.most : 0
    }

    /// Counts a request.
    package mutating func pay() { purse = min(purse + share, Self.most) }

    /// Takes one retry out, if there is one.
    package mutating func take() -> Bool {
        guard purse >= 1 else { return false }
        purse -= 1
        return true
    }
}
