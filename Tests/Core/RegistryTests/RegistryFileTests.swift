import Domain
import Foundation
import Registry
import Testing

@Suite("The registry's file")
struct RegistryFileTests {
    @Test("Nobody but its owner may read it, nor SQLite's files beside it")
    func mode() throws {
        try MadeRegistry.with { registry in
            try registry.store.add(MadeRegistry.key(1), at: MadeRegistry.moment)
            let names = try FileManager.default.contentsOfDirectory(atPath: registry.folder.path)
            #expect(names.contains("registry.sqlite"))
            for name in names {
                let file = registry.folder.appending(path: name).path
                let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
                #expect(mode == 0o600, "\(name)")
            }
        }
    }

    @Test("A missing registry is an error where it must exist, and a missing folder always")
    func missing() throws {
        try MadeRegistry.with { registry in
            let path = registry.folder.appending(path: "other.sqlite").path
            #expect { try RegistryStore(path: path, mustExist: true) } throws: {
                ($0 as? RegistryError)?.code == .unavailable
            }
            #expect(!FileManager.default.fileExists(atPath: path))
            #expect { try RegistryStore(path: "/nonexistent/registry.sqlite") } throws: {
                ($0 as? RegistryError)?.code == .unavailable
            }
        }
    }

    @Test("A file that is no database is refused and left as it is")
    func foreignFile() throws {
        try MadeRegistry.with { registry in
            let file = registry.folder.appending(path: "notes.txt")
            let notes = Data("these are notes, and long enough to be looked at as a database's header would be".utf8)
            try notes.write(to: file)
            #expect { try RegistryStore(path: file.path) } throws: { ($0 as? RegistryError)?.code == .incompatible }
            #expect(try Data(contentsOf: file) == notes)
        }
    }
}
