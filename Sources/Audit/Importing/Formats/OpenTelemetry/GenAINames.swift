internal import Domain
internal import JSONScan

/// What a span called, and for whom.
struct GenAINames {
    let attributes: SpanAttributes
    let resource: SpanAttributes

    var hasModel: Bool { attributes.text(Self.modelNames + Self.requestNames) != nil }

    func read(_ record: inout UsageRecord, _ builder: inout RecordBuilder) {
        record.provider = builder.term(attributes.text(["gen_ai.provider.name", "gen_ai.system"]))
        record.requestedModel = builder.term(attributes.text(Self.requestNames))
        record.model = builder.term(attributes.text(Self.modelNames))
        if record.model.isAbsent { record.model = record.requestedModel }
        record.serviceTier = builder.term(
            attributes.text(["openai.response.service_tier", "gen_ai.openai.response.service_tier"]))
        record.environment = builder.term(
            resource.text(Self.environmentNames) ?? attributes.text(Self.environmentNames))
        record.template = builder.term(
            attributes.text(["gen_ai.prompt.name", "traceloop.prompt.key", "traceloop.prompt.version_hash"]))
        record.feature = builder.term(attributes.text(Self.featureNames))
        // What the application says of its customer comes before what its framework says of its user.
        var dimensions = NamedDimensions()
        dimensions.take(attributes.under("traceloop.association.properties."))
        dimensions.fill(&record, &builder)
        if record.customer.isAbsent { record.customer = builder.term(attributes.text(Self.customerNames)) }
        if record.feature.isAbsent { record.feature = builder.term(resource.text(["service.name"])) }
    }

    private static let modelNames = ["gen_ai.response.model"]
    private static let requestNames = ["gen_ai.request.model"]
    private static let environmentNames = ["deployment.environment.name", "deployment.environment"]
    private static let featureNames = [
        "feature", "app.feature", "traceloop.workflow.name", "gen_ai.agent.name", "traceloop.entity.name",
    ]
    private static let customerNames = [
        "customer.id", "tenant.id", "enduser.id", "user.id", "gen_ai.user", "gen_ai.request.user",
    ]
}

/// The prompt of a span, where its content was recorded.
struct GenAIPrompt {
    /// The prompt's text; `nil` where it was not recorded.
    let text: String?

    init(_ attributes: SpanAttributes) {
        var parts: [String] = []
        for name in ["gen_ai.system_instructions", "gen_ai.input.messages", "gen_ai.prompt"] {
            guard let value = attributes[name], value != .null else { continue }
            parts.append(value.text ?? value.compactText)
        }
        // The form before the conventions had one attribute per message.
        var number = 0
        while let content = attributes["gen_ai.prompt.\(number).content"] {
            parts.append(content.text ?? content.compactText)
            number += 1
        }
        text = parts.isEmpty ? nil : parts.joined(separator: "\n")
    }
}
