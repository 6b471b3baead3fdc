import Inputs
import ROI
import Testing

@Suite("Self-hosted or API")
struct SelfHostingTests {
    private func model(_ fields: [String]) throws -> SelfHosting {
        let document = try YAMLDocument(text: "{}", file: "hosting.yaml")
        return try SelfHosting(document.applying(fields.compactMap { FieldOverride($0) }))
    }

    @Test("The published calculator's example")
    func published() throws {
        let example = SelfHosting()
        #expect(abs(example.apiMonthly - 110) < 1e-9)
        #expect(abs(example.hostingMonthly(for: 160) - 998.4576) < 1e-9)
        #expect(abs(try #require(example.breakEvenMillions) - 1452.302) < 1e-3)
    }

    @Test("A GPU at 2.50 an hour and 700 tokens a second: by the million, busy and at ten per cent")
    func byTheMillion() throws {
        let base = ["gpu_hourly=2.5", "overhead=1", "tokens_per_second=700"]
        #expect(abs(try #require(try model(base).gpuPricePerMillion) - 0.992063492) < 1e-9)
        #expect(abs(try #require(try model(base + ["utilisation=0.1"]).gpuPricePerMillion) - 9.92063492) < 1e-8)
    }

    @Test(
        "From the break-even on hosting is never dearer; just below it, it is", arguments: [0, 1, 2],
        [0, 4_000, 20_000])
    func staircase(spare: Int, people: Int) throws {
        let hosting = try model([
            "tokens_per_second=2500", "spare_gpus=\(spare)", "people_monthly=\(people)", "overhead=1.1",
        ])
        let point = try #require(hosting.breakEvenMillions)
        for step in 1...4_000 {
            let volume = point * (1 + Double(step) * 0.0025)
            #expect(hosting.hostingMonthly(for: volume) <= volume * hosting.apiPricePerMillion * (1 + 1e-12))
        }
        #expect(hosting.hostingMonthly(for: point * 0.9999) > point * 0.9999 * hosting.apiPricePerMillion)
    }

    @Test(
        "A step that does not come out even in binary is still one GPU",
        arguments: [
            (["tokens_per_second=900", "people_monthly=7500"], 31_241.3),
            (["tokens_per_second=1000", "utilisation=0.6", "people_monthly=7500"], 156_139.3),
        ])
    func uneven(fields: [String], expected: Double) throws {
        #expect(abs(try #require(try model(fields).breakEvenMillions) - expected) < 0.1)
    }

    @Test("GPUs that cost more than they serve never break even")
    func never() throws {
        #expect(try model(["tokens_per_second=100", "utilisation=0.1"]).breakEvenMillions == nil)
    }

    @Test(
        "What makes no sense is refused",
        arguments: ["utilisation=0", "utilisation=1.2", "gpu_hourly=-1", "colour=3", "horizon_months=0"])
    func refused(field: String) { #expect(throws: ScenarioError.self) { try model([field]) } }
}
