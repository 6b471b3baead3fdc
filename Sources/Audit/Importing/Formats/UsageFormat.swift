package import JSONScan

/// A format that usage arrives in. A new one is a folder with a type like this, and a line in ``FormatRegistry``.
///
/// A format names the fields that it wants and turns each row into records or control totals. The same format reads
/// JSON lines, JSON arrays and CSV: rows reach it as fields by slot, however they were written down.
package protocol UsageFormat: Sendable {
    /// The name for `--source` and in diagnostics.
    var name: String { get }
    /// What it is, for `--help` and documentation.
    var title: String { get }
    /// The wanted fields and their slots.
    var plan: FieldPlan { get }
    /// Whether an input looks like this format.
    func recognises(_ sample: FormatSample) -> Bool
    /// Reads one row into the builder: any number of records or control totals.
    ///
    /// - Throws: ``RowProblem`` where the row cannot be believed; it is rejected and counted.
    func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem)
}

/// What the beginning of an input shows.
package struct FormatSample: Sendable {
    /// Whether it is JSON, not CSV.
    package let isJSON: Bool
    /// The first keys of the first objects, or the columns of a CSV header.
    package let keys: Set<String>
    /// The first object, where it is JSON.
    package let first: JSONValue?

    /// Creates a sample.
    package init(isJSON: Bool, keys: Set<String>, first: JSONValue?) {
        (self.isJSON, self.keys, self.first) = (isJSON, keys, first)
    }

    /// Whether all of these keys or columns are there, upper and lower case alike.
    package func has(_ names: String...) -> Bool {
        names.allSatisfy { name in keys.contains(name) || keys.contains { $0.lowercased() == name.lowercased() } }
    }

    /// Whether at least one of these keys or columns is there.
    package func hasAny(_ names: String...) -> Bool { names.contains { has($0) } }
}

/// All formats, in the order in which an input is tried against them.
package enum FormatRegistry {
    /// The formats; the generic one recognises everything and comes last.
    package static let all: [any UsageFormat] = [
        FOCUSFormat(),
        CURFormat(),
        AzureCostFormat(),
        GoogleBillingFormat(),
        OpenAICostsPageFormat(),
        OpenAIUsagePageFormat(),
        OpenAIDashboardFormat(),
        AnthropicCostPageFormat(),
        AnthropicUsagePageFormat(),
        ClaudeCodeFormat(),
        OpenRouterFormat(),
        DeepSeekFormat(),
        BedrockLogFormat(),
        VertexLogFormat(),
        OllamaFormat(),
        MooncakeFormat(),
        OpenTelemetryFormat(),
        LangfuseFormat(),
        HeliconeFormat(),
        PortkeyFormat(),
        LiteLLMFormat(),
        GenericFormat(),
    ]

    /// The format of a name.
    package static func named(_ name: String) -> (any UsageFormat)? {
        all.first { $0.name == name.lowercased() }
    }
}
