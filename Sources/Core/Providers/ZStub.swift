package import Domain
package enum APISurface: UInt8, Sendable, CaseIterable { case chatCompletions, completions, responses, embeddings, models, messages, countTokens, generateContent, geminiEmbeddings, geminiCountTokens, files, batches, other
  package var name: String { "\(self)" }
  package var isMetered: Bool { [.chatCompletions,.completions,.responses,.embeddings,.messages,.generateContent,.geminiEmbeddings].contains(self) } }
package enum ProviderFamily: UInt8, Sendable { case openAI, anthropic, gemini }
package struct PieceUsage: Sendable, Hashable { package var kind: String; package var millionths: Int64 }
package struct MeteredResponse: Sendable { package init() {}
  package var usage = TokenUsage.unknown; package var usageSource = UsageSource.absent; package var model: String?; package var responseID: String?; package var serviceTier: String?; package var region: String?; package var extras: [PieceUsage] = []; package var generatedBytes = 0; package var deltas = 0; package var errorType: String?; package var reachedEnd = false }
package struct StreamMeter { package init(surface: APISurface, hidesUsageChunk: Bool) {}
  package enum Relay { case verbatim; case nothing; case bytes([UInt8]) }
  package mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> Relay { .verbatim }
  package mutating func finish() -> (rest: [UInt8], result: MeteredResponse) { ([], MeteredResponse()) } }
package struct ResponseScanner: ~Copyable { package init() {}
  package mutating func read(_ surface: APISurface, _ body: UnsafeBufferPointer<UInt8>) -> MeteredResponse { MeteredResponse() } }
package enum ResponseMeter { package static func readBatchLines(_ b: UnsafeBufferPointer<UInt8>) -> [MeteredResponse] { [] } }
package struct CallerError: Error, Sendable { package var status: Int; package var code: String; package var message: String; package var parameter: String?
 package init(status: Int, code: String, message: String, parameter: String? = nil) { (self.status, self.code, self.message, self.parameter) = (status, code, message, parameter) }
 package func body(in family: ProviderFamily) -> [UInt8] { [] } }
