import JSONScan

/// The members of Gemini's requests that have no counterpart.
enum GeminiRules {
    static let request = FieldRules(
        harmless: ["labels": "left out: labels are for Google's bill."],
        defaults: ["store": [.bool(false)], "safetySettings": [.array([])]],
        refused: [
            "safetySettings": "are filters that only Google runs; leave them out.",
            "cachedContent": "is a prompt kept at Google; send its contents.",
            "store": "asks Google to store the answer; another provider cannot.",
        ])

    static let content = FieldRules.none

    static let part = FieldRules(
        refused: [
            "executableCode": "is code that only Google runs.", "codeExecutionResult": "is code that only Google runs.",
            "videoMetadata": "is about video, which cannot be translated.",
            "mediaResolution": "has no counterpart with the other provider, which sees images whole; leave it out.",
        ])

    static let media = FieldRules(harmless: ["displayName": "left out: the name of an image."])

    static let call = FieldRules(defaults: ["willContinue": [.bool(false)]])

    static let tool = FieldRules(
        refused: Dictionary(
            uniqueKeysWithValues: [
                "googleSearch", "googleSearchRetrieval", "codeExecution", "urlContext", "googleMaps", "fileSearch",
                "computerUse", "mcpServers", "retrieval", "enterpriseWebSearch",
            ].map { ($0, "is a tool that only Google runs; only functions are translated.") }))

    static let function = FieldRules(
        defaults: ["behavior": ["BLOCKING", "UNSPECIFIED"]],
        refused: [
            "response": "has no counterpart with the other provider; put it into the description.",
            "responseJsonSchema": "has no counterpart with the other provider; put it into the description.",
        ])

    static let generation = FieldRules(
        defaults: [
            "candidateCount": [.number("1")], "responseLogprobs": [.bool(false)], "logprobs": [.number("0")],
            "responseModalities": [.array(["TEXT"]), .array([])],
        ],
        refused: [
            "candidateCount": "asks for several answers, and the other provider gives one; ask several times.",
            "responseLogprobs": "asks for probabilities of tokens, which the other provider does not give.",
            "logprobs": "asks for probabilities of tokens, which the other provider does not give.",
            "responseModalities": "asks for more than text, which cannot be translated.",
            "speechConfig": "asks for audio, which cannot be translated.",
            "imageConfig": "asks for images, which cannot be translated.",
            "mediaResolution": "has no counterpart with the other provider, which sees images whole; leave it out.",
        ])
}
