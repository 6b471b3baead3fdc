import Importing
import Pricing
import Testing

@Suite("Azure's meters")
struct AzureMeterTests {
    static let table = [
        // Names that bills and the price list have.
        MeterExpectation("gpt-4o-mini-0718-Inp-glbl Tokens", "gpt-4o-mini", "input", scope: .global),
        MeterExpectation("gpt-4o-mini-0718-Outp-regnl Tokens", "gpt-4o-mini", "output", scope: .regional),
        MeterExpectation("gpt 4o mini 0718 cached Inp glbl Tokens", "gpt-4o-mini", "input read", scope: .global),
        MeterExpectation("gpt 4o 0513 Output global Tokens", "gpt-4o-2024-05-13", "output", scope: .global),
        MeterExpectation("gpt 4o 0513 Input Data Zone Tokens", "gpt-4o-2024-05-13", "input", scope: .dataZone),
        MeterExpectation("gpt-4o-1120-Inp-regnl", "gpt-4o", "input", scope: .regional, unit: nil),
        MeterExpectation("gpt 4o 1120 Batch Outp glbl Tokens", "gpt-4o", "output", tier: .batch, scope: .global),
        MeterExpectation("gpt 4o 0806 cached Inp Data Zone Tokens", "gpt-4o", "input read", scope: .dataZone),
        MeterExpectation("gpt 4.1 nano cached Inp glbl Tokens", "gpt-4.1-nano", "input read", scope: .global),
        MeterExpectation("gpt 4.1 mini Outp regnl Tokens", "gpt-4.1-mini", "output", scope: .regional),
        MeterExpectation("o3 0416 Inp glbl Tokens", "o3", "input", scope: .global),
        MeterExpectation("o4-mini 0416 Outp glbl Tokens", "o4-mini", "output", scope: .global),
        MeterExpectation(
            "o3 mini 0131 Batch Outp Data Zone Tokens", "o3-mini", "output", tier: .batch, scope: .dataZone),
        MeterExpectation("o3-pro Outp glbl Tokens", "o3-pro", "output", scope: .global),
        MeterExpectation(
            "GPT 5 Inpt Glbl 1M Tokens", "gpt-5", "input", scope: .global, unit: .tokens(per: 1_000_000)),
        MeterExpectation(
            "GPT 5 outpt Glbl 1M Tokens", "gpt-5", "output", scope: .global, unit: .tokens(per: 1_000_000)),
        MeterExpectation("gpt-oss-120B Inp glbl Tokens", "gpt-oss-120b", "input", scope: .global),
        MeterExpectation(
            "5.4 cd inp Gl 1M Tokens", "gpt-5.4", "input read", scope: .global, unit: .tokens(per: 1_000_000)),
        MeterExpectation("5.4 opt Dz 1M Tokens", "gpt-5.4", "output", scope: .dataZone, unit: .tokens(per: 1_000_000)),
        MeterExpectation(
            "5.5 ShortCo inp Gl 1M Tokens", "gpt-5.5", "input", scope: .global, unit: .tokens(per: 1_000_000),
            product: "Azure OpenAI GPT5"),
        MeterExpectation(
            "5.5 LongCo opt Dz 1M Tokens", "gpt-5.5", "output", scope: .dataZone, unit: .tokens(per: 1_000_000),
            long: true, product: "Azure OpenAI GPT5"),
        MeterExpectation("5.6 luna ShortCo Cd Wr Std Gl", "gpt-5.6-luna", "write_5m", scope: .global, unit: nil),
        MeterExpectation(
            "5.6 sol ShortCo Cd Inp Std DZ 1M Tokens", "gpt-5.6-sol", "input read", scope: .dataZone,
            unit: .tokens(per: 1_000_000)),
        // Other makers' models; the product says the family.
        MeterExpectation("Grok 4.6 Inp Glbl Tokens", "grok-4.6", "input", scope: .global),
        MeterExpectation(
            "4.6 Inp DZ Tokens", "grok-4.6", "input", scope: .dataZone, product: "Azure Grok Models"),
        MeterExpectation(
            "V4 Pro Outp glbl Tokens", "deepseek-v4-pro", "output", scope: .global, product: "Azure Deepseek Models"),
        MeterExpectation("Codestral Inp glbl Tokens", "codestral-2501", "input", scope: .global),
        MeterExpectation("Phi-4-Input Tokens", "phi-4", "input"),
        // An embedding has input only.
        MeterExpectation("text-embedding-3-small-glbl Tokens", "text-embedding-3-small", "input", scope: .global),
        MeterExpectation("gpt-realtime Aud Inp glbl Tokens", "gpt-realtime", "input", scope: .global, modality: .audio),
        MeterExpectation("gpt-4-turbo-128K Input-regional", "gpt-4-turbo", "input", scope: .regional, unit: nil),
        // Capacity names no model: it is shared by deployments.
        MeterExpectation(
            "Provisioned Managed Global Hour", nil, "", tier: .provisioned, scope: .global, unit: .hours),
    ]

    @Test(arguments: table)
    func reads(_ expected: MeterExpectation) throws {
        let result = MeterReader(.azure, book: try .shipped()).read(expected.text, product: expected.product)
        #expect(result == .understood(expected.reading))
    }

    @Test(
        "Words that are not known are reported, with what was understood",
        arguments: [
            ("gpt 9 omega Inp glbl Tokens", ["gpt", "9", "omega"]),
            ("gpt 4o 0806 FTuned hosting", ["gpt", "4o", "0806", "ftuned", "hosting"]),
            ("S0 Text Records", ["s0", "records"]), ("", []),
        ])
    func unknown(_ meter: (text: String, words: [String])) throws {
        let result = MeterReader(.azure, book: try .shipped()).read(meter.text)
        #expect(result.unknownWords == meter.words)
        guard case .unknown(_, let understood) = result else {
            Issue.record("\(meter.text) is not understood, but \(result)")
            return
        }
        #expect(understood.model == nil)
        if meter.text.contains("Inp") { #expect(understood.direction == .input && understood.scope == .global) }
    }

    @Test("Input and output in one name contradict each other, and nothing is guessed")
    func contradiction() throws {
        let result = MeterReader(.azure, book: try .shipped()).read("gpt 4o Inp Outp glbl Tokens")
        guard case .unknown = result else {
            Issue.record("understood as \(result)")
            return
        }
        #expect(result.reading.model == nil)
    }
}
