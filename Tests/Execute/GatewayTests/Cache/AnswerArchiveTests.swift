import Domain
import Foundation
import Gateway
import Ledger
import Policy
import Testing

@Suite("The archive of answers")
struct AnswerArchiveTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "payback-answers-\(UUID().uuidString)")

    private func clean() { try? FileManager.default.removeItem(at: folder) }

    private func open(mostBytes: Int = 1 << 20, secret: UInt64 = 7) throws -> AnswerArchive {
        try AnswerArchive(path: folder.path, mostBytes: mostBytes, secret: secret)
    }

    private func answer(
        _ prompt: Int, scope: UInt64 = 1, life: Int64 = 1_000, tags: [String] = [], bytes: Int = 40
    ) -> StoredAnswer {
        let key = AnswerKey(scope: scope, model: 3, prompt: PromptHash(high: UInt64(prompt), low: 9))
        var answer = StoredAnswer(
            key: key, rule: "r", storedAt: Timestamp(seconds: 100 + Int64(prompt)), timeToLive: life * 1_000_000,
            body: [UInt8](repeating: 0x61, count: bytes))
        answer.tags = tags
        return answer
    }

    private let now = Timestamp(seconds: 500)

    private var files: [URL] {
        get throws {
            try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "answers" }.sorted { $0.path < $1.path }
        }
    }

    @Test("Answers survive restarts, each tenant's apart, and those that are over do not")
    func reopen() throws {
        defer { clean() }
        do {
            let archive = try open()
            #expect(try archive.restore(at: now).isEmpty)
            for entry in [answer(1), answer(1, scope: 2, bytes: 50), answer(2, life: 10), answer(3)] {
                archive.append(.answer(entry))
            }
            archive.flush()
            #expect(archive.progress.written == 4 && archive.progress.failure == nil)
        }
        for secret in [UInt64(8), 9] {
            let archive = try open(secret: secret)
            let found = try archive.restore(at: now)
            #expect(Set(found) == [answer(1), answer(1, scope: 2, bytes: 50), answer(3)])
            #expect(archive.progress.restored == 3 && archive.progress.damagedBytes == 0)
            #expect(archive.progress.outdated == (secret == 8 ? 1 : 0), "the first restart wrote it anew")
            let size = try files.reduce(0) { try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) }
            #expect(archive.progress.bytes == size)
        }
    }

    @Test("What was taken back stays away after a restart")
    func takenBack() throws {
        defer { clean() }
        do {
            let archive = try open()
            _ = try archive.restore(at: now)
            for scope in [UInt64(1), 2] { archive.append(.answer(answer(1, scope: scope, tags: ["t"]))) }
            archive.append(.removedTag("t", scope: 1))
            archive.append(.answer(answer(2)))
            archive.append(.removedKey(rule: "r", answer(2).key))
            archive.flush()
        }
        for _ in 0..<2 { #expect(try open().restore(at: now).map(\.key.scope) == [2]) }
    }

    @Test("Files are the owner's alone, and a second gateway is kept out")
    func access() throws {
        defer { clean() }
        let archive = try open()
        archive.append(.answer(answer(1)))
        archive.flush()
        let modes = try files.map {
            try FileManager.default.attributesOfItem(atPath: $0.path)[.posixPermissions] as? Int
        }
        #expect(modes == [0o600])
        let problem = #expect(throws: JournalError.self) { try open() }
        #expect(problem?.code == .busy && problem?.message.contains("cache of answers") ?? false)
        #expect(archive.progress.written == 1)
    }

    @Test("A torn end loses the torn answer alone")
    func torn() throws {
        defer { clean() }
        do {
            let archive = try open()
            for prompt in 1...3 { archive.append(.answer(answer(prompt))) }
            archive.flush()
        }
        let file = try #require(try files.first)
        let bytes = try Data(contentsOf: file)
        try bytes.dropLast(5).write(to: file)
        let archive = try open()
        #expect(try archive.restore(at: now) == [answer(1), answer(2)])
        #expect(archive.progress.damagedBytes > 0)
        archive.append(.answer(answer(4)))
        archive.flush()
        #expect(archive.progress.written == 1)
    }

    @Test("The oldest segments go first when all together grow too large, and one answer too large is not kept")
    func bound() throws {
        defer { clean() }
        let most = 1 << 16
        do {
            let archive = try open(mostBytes: most)
            for prompt in 1...200 {
                archive.append(.answer(answer(prompt, bytes: 2_000)))
                if prompt % 7 == 0 { archive.flush() }
                #expect(archive.progress.bytes <= most)
            }
            archive.append(.answer(answer(1_000, bytes: most / 2)))
            archive.flush()
            #expect(archive.progress.notWritten == 1 && archive.progress.droppedSegments > 5)
        }
        let found = try open(mostBytes: most).restore(at: now).map { Int($0.key.prompt.high) }
        #expect(found.count >= 15 && found == Array((201 - found.count)...200))
        let small = try open(mostBytes: most).restore(at: now)
        #expect(small.map { Int($0.key.prompt.high) } == found)
    }

    @Test("A folder that cannot be used is refused with a reason")
    func refused() throws {
        defer { clean() }
        try Data("x".utf8).write(to: folder)
        let problem = #expect(throws: JournalError.self) { try open() }
        #expect(problem?.code == .unavailable)
    }

    @Test("Where taking back cannot be noted the archive is emptied: nothing comes back")
    func fullDisk() throws {
        defer { clean() }
        do {
            let archive = try open(mostBytes: 1 << 16)
            archive.append(.answer(answer(1, tags: ["t"], bytes: 9_000)))
            archive.flush()
            // No new segment can be begun: the first two, which the next entries need, are folders already.
            for number in 2...3 {
                let name = String(repeating: "0", count: 11) + "\(number).answers"
                try FileManager.default.createDirectory(
                    at: folder.appending(path: name), withIntermediateDirectories: false)
            }
            archive.append(.answer(answer(2, bytes: 8_000)))
            archive.flush()
            #expect(archive.progress.failure != nil && archive.progress.notWritten == 1)
            archive.append(.removedTag("t", scope: nil))
            archive.flush()
            #expect(archive.progress.notWritten == 2)
        }
        #expect(try files.allSatisfy { $0.hasDirectoryPath })
    }
}
