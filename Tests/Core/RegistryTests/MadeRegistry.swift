import Domain
import Foundation
import Registry

/// A registry in a folder of its own, which goes when the test ends.
struct MadeRegistry {
    /// The moment at which everything in these tests happens.
    static let moment = Timestamp(year: 2026, month: 11, day: 21, hour: 4)

    let folder: URL
    let path: String
    let store: RegistryStore

    /// Runs a test with a new registry.
    static func with(_ test: (MadeRegistry) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "registry-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "registry.sqlite").path
        try test(MadeRegistry(folder: folder, path: path, store: try RegistryStore(path: path)))
    }

    /// Another store on the same file, as another process has.
    func another() throws -> RegistryStore { try RegistryStore(path: path, mustExist: true) }

    /// All that lies in the folder, the log of SQLite included.
    func bytes() throws -> Data {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .reduce(into: Data()) { bytes, file in bytes += try Data(contentsOf: file) }
    }

    /// A key with nothing but what every key has; `number` tells keys apart.
    static func key(_ number: Int, name: String? = nil) -> VirtualKey {
        var key = VirtualKey(
            id: "key_\(number)", secretHash: KeySecret.hash("secret \(number)"),
            createdAt: Timestamp(microseconds: moment.microseconds + Int64(number)))
        key.name = name
        return key
    }
}

/// Random numbers that a seed determines: splitmix64.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
