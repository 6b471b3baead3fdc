package import Domain
internal import Crypto
package enum KeySecret { package static func hash(_ bytes: UnsafeRawBufferPointer) -> (UInt64, UInt64, UInt64, UInt64) {
  SHA256.hash(data: bytes).withUnsafeBytes { r in (UInt64(bigEndian: r.load(as: UInt64.self)), UInt64(bigEndian: r.load(fromByteOffset: 8, as: UInt64.self)), UInt64(bigEndian: r.load(fromByteOffset: 16, as: UInt64.self)), UInt64(bigEndian: r.load(fromByteOffset: 24, as: UInt64.self))) } } }
package final class RegistryStore: Sendable { package init(path: String) throws {}
  package func keys() throws -> [VirtualKey] { [] }
  package func budgets() throws -> [Budget] { [] }
  package func version() throws -> Int64 { 0 }
  package func promptKey() throws -> [UInt8] { Array(repeating: 7, count: 32) } }
