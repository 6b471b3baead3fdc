import Foundation

/// Bytes that only come as a file.
enum ScratchFile {
    /// What a tool writes into a file of its own, which goes afterwards.
    static func bytes(_ name: String, _ write: (String) throws -> Void) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "payback-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: name)
        try write(file.path)
        return Array(try Data(contentsOf: file))
    }
}
