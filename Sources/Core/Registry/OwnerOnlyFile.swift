internal import Foundation
internal import GRDB

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Files that nobody else may read.
enum OwnerOnlyFile {
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Creates an empty file with mode 0600.
    static func create(_ path: String) throws(RegistryError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw RegistryError(
                .unavailable,
                "The registry \(path) cannot be created: \(String(cString: strerror(errno))). Does its folder exist?")
        }
        close(descriptor)
    }
}

extension [UInt8] {
    /// As the database takes it.
    var asData: Data { Data(self) }
}

extension Row {
    /// The bytes of a column.
    func withBytes(at position: Int) -> [UInt8] {
        let data: Data = self[position]
        return Array(data)
    }
}
