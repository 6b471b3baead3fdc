/// Takes in what has been read, batch by batch, in the order of the inputs.
package protocol RecordSink {
    /// Takes in one batch.
    ///
    /// - Parameters:
    ///   - batch: records whose terms belong to the batch's own vocabulary, which grows from batch to batch of one
    ///     parser.
    ///   - origin: which input and parser the batch comes from.
    mutating func take(_ batch: RecordBatch, from origin: BatchOrigin) throws
}

/// Where a batch comes from.
package struct BatchOrigin: Sendable, Hashable {
    /// The number of the input in this run, from 0.
    package let input: Int
    /// The parser: batches of one parser share a vocabulary that only grows. Numbers are not used twice in a run.
    package let parser: Int

    /// Creates an origin.
    package init(input: Int, parser: Int) { (self.input, self.parser) = (input, parser) }
}
