internal import Domain
package import JSONScan

/// OpenTelemetry spans of the GenAI conventions: OTLP as JSON, or flat spans one per row.
///
/// One row may hold many spans; a span that cannot be believed is rejected by itself.
package struct OpenTelemetryFormat: UsageFormat {
    private enum Field: Int, FormatField {
        case resourceSpans, resource, scopeSpans, attributes
    }

    package let name = "otel"
    package let title = "OpenTelemetry GenAI spans as OTLP JSON or flat JSON spans"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.resourceSpans, ["resourceSpans"]), (.resource, ["resource"]),
        (.scopeSpans, ["scopeSpans", "scope_spans", "instrumentationLibrarySpans"]), (.attributes, ["attributes"]),
    ]

    private static let scopeKeys = ["scopeSpans", "scope_spans", "instrumentationLibrarySpans"]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        guard sample.isJSON else { return false }
        return sample.hasAny("resourceSpans", "resource_spans", "scopeSpans", "scope_spans")
            || sample.has("instrumentationLibrarySpans")
            || sample.has("attributes") && sample.hasAny("traceId", "trace_id", "spanId", "span_id", "context")
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        guard let tree = try? JSONValue.parse(row.whole) else {
            throw RowProblem("not_json", "The row is not JSON.")
        }
        let outer = (tree["resourceSpans"] ?? tree["resource_spans"])?.elements ?? []
        let groups = outer.isEmpty ? [tree] : outer
        for group in groups { readGroup(group, &builder) }
    }

    /// The spans of one resource, or a span that stands alone.
    private func readGroup(_ group: JSONValue, _ builder: inout RecordBuilder) {
        let resource = SpanAttributes(group["resource"]?["attributes"])
        let scopes = Self.scopeKeys.flatMap { group[$0]?.elements ?? [] }
        if scopes.isEmpty, group["attributes"] != nil { return readSpan(group, resource, &builder) }
        for scope in scopes {
            for span in scope["spans"]?.elements ?? [] { readSpan(span, resource, &builder) }
        }
    }

    private func readSpan(_ span: JSONValue, _ resource: SpanAttributes, _ builder: inout RecordBuilder) {
        do throws(RowProblem) {
            try GenAISpan(span: span, resource: resource).read(into: &builder)
        } catch {
            builder.note(error.code, error.message, severity: .rejection)
        }
    }
}
