/// How far a provider's API has been read, so that the next pull goes on there.
package struct PullCursor: Sendable, Hashable {
    /// What is read, and into which ledger.
    package struct Key: Sendable, Hashable {
        /// The source, for example `openai`.
        package let source: String
        /// The endpoint of the source, for example `completions`.
        package let endpoint: String
        /// The account's name as the user gave it; empty where there is only one.
        package let account: String
        /// The ledger; another one has to be filled from the beginning.
        package let ledger: String

        /// Creates a key.
        package init(source: String, endpoint: String, account: String, ledger: String) {
            (self.source, self.endpoint, self.account, self.ledger) = (source, endpoint, account, ledger)
        }
    }

    /// What is read, and into which ledger.
    package let key: Key
    /// The organisation that answered, where the API names it.
    package var owner: String?
    /// Everything before this moment has been read without a gap; absent until a pull has come to its end.
    package var reached: Timestamp?
    /// The pull that is under way, or was when it was cut off.
    package var open: PullPosition?

    /// Creates a cursor that has read nothing.
    package init(key: Key) { self.key = key }
}

/// Where a pull is: what it asks for next.
package struct PullPosition: Sendable, Hashable {
    /// The time that the whole pull asks for.
    package var span: Period
    /// The width of buckets, `1d` or `1h`.
    package var bucket: String
    /// The part of the time that is asked for now.
    package var window: Period
    /// The page of the window, in the API's own words; absent for the first.
    package var page: String?
    /// Which of the endpoint's forms answers here: 0 for the newest; older servers have only later ones.
    package var form = 0
    /// The run, in microseconds since the Unix epoch at its start; a run that goes on after a crash keeps it.
    package let run: Int64

    /// Creates the position at the beginning of a pull.
    package init(span: Period, bucket: String, window: Period, run: Int64) {
        (self.span, self.bucket, self.window, self.run) = (span, bucket, window, run)
    }
}
