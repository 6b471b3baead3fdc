import Importing
import Pricing
import Testing

@Suite("Google's SKUs")
struct GoogleMeterTests {
    static let table = [
        MeterExpectation(
            "Gemini 2.5 Flash GA Text Input - Predictions", "gemini-2.5-flash", "input", modality: .text, unit: nil),
        MeterExpectation(
            "Gemini 2.5 Flash GA Thinking Text Output - Predictions", "gemini-2.5-flash", "output", modality: .text,
            unit: nil, thinking: true),
        MeterExpectation(
            "Gemini 2.5 Flash GA Input Text Caching", "gemini-2.5-flash", "input read", modality: .text, unit: nil),
        MeterExpectation(
            "Gemini 3 Flash Text Input - Predictions", "gemini-3-flash-preview", "input", modality: .text, unit: nil),
        MeterExpectation(
            "Gemini 3 Flash Text Output - Predictions", "gemini-3-flash-preview", "output", modality: .text, unit: nil),
        MeterExpectation(
            "Gemini 3 Flash Text Input Caching", "gemini-3-flash-preview", "input read", modality: .text, unit: nil),
        MeterExpectation(
            "Gemini 3 Flash Text Input Caching Storage", "gemini-3-flash-preview", "input storage", modality: .text,
            unit: nil),
        MeterExpectation(
            "Gemini 3.7 Flash Global Text Input Priority - Predictions", "gemini-3.7-flash", "input", tier: .priority,
            scope: .global, modality: .text, unit: nil),
        MeterExpectation(
            "Gemini 3.7 Flash Text Input Caching Flex", "gemini-3.7-flash", "input read", tier: .flex, modality: .text,
            unit: nil),
        MeterExpectation(
            "Gemini 2.5 Pro Input Text Caching (Long)", "gemini-2.5-pro", "input read", modality: .text, unit: nil,
            long: true),
        MeterExpectation(
            "Gemini 2.0 Flash Text Input (Long) - Predictions", "gemini-2.0-flash", "input", modality: .text, unit: nil,
            long: true),
        MeterExpectation(
            "Gemini 2.5 Flash Text Output (Thinking On) - Batch Predictions", "gemini-2.5-flash", "output",
            tier: .batch, modality: .text, unit: nil, thinking: true),
        MeterExpectation(
            "Gemini 2.5 Flash Audio Input - Predictions", "gemini-2.5-flash", "input", modality: .audio, unit: nil),
        MeterExpectation(
            "Gemini 2.5 Flash Lite Image Input - Predictions", "gemini-2.5-flash-lite", "input", modality: .image,
            unit: nil),
        MeterExpectation(
            "Claude Sonnet 4.5 - Input Tokens", "claude-sonnet-4-5", "input"),
        MeterExpectation("Claude Opus 4.1 Cache Hit Tokens", "claude-opus-4-1", "read"),
        MeterExpectation(
            "Claude Sonnet 4.5 - 1h Cache Write Tokens (> 200K)", "claude-sonnet-4-5", "write_1h", long: true),
        MeterExpectation("Claude Sonnet 4.5 - 5m Cache Write Tokens (<= 200K)", "claude-sonnet-4-5", "write_5m"),
        MeterExpectation(
            "Vertex AI: Provisioned Throughput 1 month", nil, "", tier: .provisioned, unit: nil),
    ]

    @Test(arguments: table)
    func reads(_ expected: MeterExpectation) throws {
        let result = MeterReader(.vertex, book: try .shipped()).read(expected.text)
        #expect(result == .understood(expected.reading))
    }

    @Test("A word next to the direction is what the tokens carry; elsewhere it belongs to the model")
    func imagesInAndOfAModel() throws {
        let reader = MeterReader(.gemini, book: try .shipped())
        let into = reader.read("Gemini 2.5 Flash Image Input - Predictions").reading
        #expect(into.model == "gemini-2.5-flash" && into.modality == .image)
        let outOf = reader.read("Gemini 2.5 Flash Image Image Output - Predictions").reading
        #expect(outOf.model == "gemini-2.5-flash-image" && outOf.modality == .image)
    }

    @Test(arguments: [
        "LLM Grounding with Google Search tool - Predictions", "Gemini 9 Ultra Text Input - Predictions",
        "N1 Predefined Instance Core running in Zurich",
    ])
    func unknown(_ text: String) throws {
        let result = MeterReader(.vertex, book: try .shipped()).read(text)
        #expect(!result.unknownWords.isEmpty)
        #expect(result.reading.model == nil)
    }
}
