internal import JSONScan

extension RequestScanner {
    /// Reads what only Bedrock's requests have, in the words of Converse or of whoever made the model.
    func readBedrock(_ bytes: UnsafeBufferPointer<UInt8>, _ facts: inout RequestFacts) throws(RequestProblem) {
        facts.generationConfig = try objectField(.inferenceConfig)
        facts.textGenerationConfig = try objectField(.textGenerationConfig)
        let objects: [RequestField] = [.inferenceConfig, .textGenerationConfig, .additionalModelFields]
        let own = [facts.outputLimit, try number(.maxGenerationLength, bytes)].compactMap(\.self)
        // Where several are given the model may follow either.
        facts.outputLimit = (own + objects.flatMap { statedLimits(in: object($0, bytes)) }).max()
        facts.hasTools = facts.hasTools || !self[.toolConfig].isMissing
        if !self[.promptVariables].isMissing {
            // The prompt that they are put into is kept at AWS.
            facts.reachesOutside = RequestField.promptVariables.key
        }
        facts.takeBedrock(
            serviceTier: object(.serviceTierCamel, bytes)?["type"]?.text ?? text(.serviceTierCamel, bytes),
            latency: object(.performanceConfig, bytes)?["latency"]?.text)
        readMetadata(object(.requestMetadata, bytes), &facts)
    }

    /// Where an object stands. What is no object, `null` among it, would stand behind a limit that is added, and count.
    private func objectField(_ field: RequestField) throws(RequestProblem) -> FieldValue? {
        switch self[field].kind {
        case .absent: return nil
        case .object: return self[field]
        default: throw RequestProblem("\"\(field.key)\" has to be an object.", parameter: field.key)
        }
    }

    /// Every limit that an object states. A key given twice counts twice: two servers would read it differently.
    private func statedLimits(in object: JSONValue?) -> [Int64] {
        (object?.members ?? []).flatMap { member -> [Int64] in
            if member.key == "inferenceConfig" { return statedLimits(in: member.value) }
            guard Self.limitKeys.contains(member.key), let limit = member.value.integer, limit >= 0 else { return [] }
            return [limit]
        }
    }

    private static let limitKeys: Set<String> = [
        "maxTokens", "max_new_tokens", "maxTokenCount", "max_tokens", "max_completion_tokens", "max_gen_len",
    ]

    private func readMetadata(_ metadata: JSONValue?, _ facts: inout RequestFacts) {
        for member in metadata?.members ?? [] {
            guard let value = member.value.text, !value.isEmpty else { continue }
            switch member.key.lowercased() {
            case "customer", "customer_id", "tenant": facts.customer = facts.customer ?? value
            case "user", "user_id": facts.endUser = facts.endUser ?? value
            case "feature", "feature_id", "use_case": facts.feature = facts.feature ?? value
            case "team", "team_id": facts.team = facts.team ?? value
            case "session", "session_id": facts.session = facts.session ?? value
            default: facts.tags.append("\(member.key)=\(value)")
            }
        }
    }
}

extension RequestFacts {
    /// Takes over how a call asks to be served: InvokeModel says it in headers, Converse in its body.
    package mutating func takeBedrock(serviceTier tier: String?, latency: String?) {
        serviceTier = BedrockTier.name(serviceTier: tier, latency: latency) ?? serviceTier
    }
}
