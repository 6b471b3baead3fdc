/// The providers of a month with bills, under the price book's names.
enum BilledProvider: String, CaseIterable, Sendable {
    case openai, anthropic, bedrock
    case vertex = "vertex_ai"
    case mistral

    /// The bill's file, in the format that the provider's customers get.
    var file: String {
        switch self {
        case .openai: "openai.csv"
        case .anthropic: "anthropic.csv"
        case .bedrock: "bedrock-cur.csv"
        case .vertex: "vertex-billing.jsonl"
        case .mistral: "mistral.csv"
        }
    }

    /// What the bill is in, as an ISO 4217 code.
    var currency: String { self == .mistral ? "EUR" : "USD" }

    /// How long after midnight UTC the bill's days begin, in hours: Google's begin at midnight Pacific, and all of
    /// October is summer time.
    var hoursBehind: Int { self == .vertex ? 7 : 0 }

    /// The day of the bill that a moment belongs to, from 0 for the first of the month; negative for the month before.
    func day(of milliseconds: Int) -> Int {
        let shifted = milliseconds - hoursBehind * SampleClock.hour
        return shifted < 0 ? -1 : shifted / SampleClock.day
    }
}
