internal import Domain
package import JSONScan

/// Traces in the form of Mooncake's: lengths, arrival times and the hashes of the prompt's leading blocks.
package struct MooncakeFormat: UsageFormat {
    enum Field: Int, FormatField {
        case id, timestamp, input, output, hashes
    }

    /// How many tokens one block has.
    private static let blockTokens: UInt32 = 512

    package let name = "mooncake"
    package let title = "Traces with hash_ids of 512-token prefix blocks (Mooncake)"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.id, ["request_id"]), (.timestamp, ["timestamp"]), (.input, ["input_length"]), (.output, ["output_length"]),
        (.hashes, ["hash_ids"]),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool { sample.has("timestamp", "input_length", "hash_ids") }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        var record = UsageRecord()
        if let moment = try row.timestamp(Field.timestamp.slot, unit: .milliseconds) { record.startedAt = moment }
        // The trace does not say what its servers' cache held.
        record.usage = TokenUsage(
            uncachedInput: try row.tokens(Field.input.slot, "input_length"),
            output: try row.tokens(Field.output.slot, "output_length"))
        builder.identify(&record, row, id: Field.id.slot)
        builder.prefixHashes(row, Field.hashes.slot, blockTokens: Self.blockTokens, into: &record)
        builder.finish(&record)
    }
}
