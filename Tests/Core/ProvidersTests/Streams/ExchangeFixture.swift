import Foundation
import JSONScan
import Providers
import Testing

/// An exchange under `Tests/Fixtures/<provider>/<case>`: what a provider sends, and what it tells.
///
/// The files are made by hand after the providers' documented formats. `visible.txt` is what a caller sees that did
/// not ask for usage, where that is not the whole stream. A `known_issue` says what the metering does not do yet.
struct ExchangeFixture: Sendable {
    /// What the provider sends.
    let bytes: [UInt8]
    /// What a caller sees that did not ask for usage.
    let visible: [UInt8]
    /// `expected.json`.
    let json: JSONValue
    let surface: APISurface

    private static let providers = ["anthropic", "azure", "gemini", "ollama", "openai", "openai-responses", "vllm"]
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

    /// Reads the exchange in a folder, `openai/plain`, whose answer is in `file`.
    init(_ name: String, _ file: String) throws {
        bytes = try Self.read("\(name)/\(file)")
        visible = try Self.exists("\(name)/visible.txt") ? Self.read("\(name)/visible.txt") : bytes
        json = try JSONValue.parse(Self.read("\(name)/expected.json"))
        let surface = json["surface"]?.text
        self.surface = APISurface.allCases.first { $0.name == surface } ?? .other
    }

    /// The folders in which there is such a file.
    static func names(holding file: String) -> [String] {
        let names = providers.flatMap { provider -> [String] in
            let path = folder.appending(path: provider).path(percentEncoded: false)
            let cases = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            return cases.sorted().map { "\(provider)/\($0)" }
        }
        return names.filter { exists("\($0)/\(file)") }
    }

    /// Expects an answer to tell what `expected.json` says.
    func check(_ response: MeteredResponse) {
        let expected = ExchangeFacts(json)
        let told = ExchangeFacts(response, countsText: expected.generatedBytes != nil)
        guard let issue = json["known_issue"]?.text else {
            #expect(told == expected)
            return
        }
        withKnownIssue("\(issue)") { #expect(told == expected) }
    }

    private static func read(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: folder.appending(path: path)))
    }

    private static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: path).path(percentEncoded: false))
    }
}

/// Numbers that are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        // SplitMix64.
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    /// A copy with a few bytes changed, cut out or put in.
    mutating func damaged(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...5, using: &self) {
            guard !bytes.isEmpty else { return [0] }
            let position = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<3, using: &self) {
            case 0: bytes[position] = UInt8.random(in: 0...255, using: &self)
            case 1:
                let end = min(position + Int.random(in: 1...20, using: &self), bytes.count)
                bytes.removeSubrange(position..<end)
            default:
                let count = Int.random(in: 1...12, using: &self)
                bytes.insert(contentsOf: Array("\n\n\r{}[]\"\\:,0".utf8.prefix(count)), at: position)
            }
        }
        return bytes
    }
}
