import Foundation
import Pricing
import Sampling

/// Writes a month with bills into a folder.
enum SampleFolder {
    /// Writes `usage.jsonl`, a bill per provider and `truth.json`; files of these names are replaced.
    ///
    /// - Throws: exit code 73 where the folder cannot be written, 64 where there are too few requests.
    static func write(requests: Int, seed: UInt64, to folder: String) throws {
        let book = try PriceBook.shipped()
        let month = BilledMonth(requests: requests, seed: seed) { book.picosPerToken($0) }
        try make(folder)
        do {
            var files: [BilledMonth.File] = []
            try OutputFile.write(to: "\(folder)/usage.jsonl") { out in
                files = try month.writeRecords { try out.write($0) }
            }
            for file in files { try OutputFile.write(to: "\(folder)/\(file.name)") { try $0.write(file.text) } }
        } catch let error as BilledMonthError {
            throw StandardError.fail(.usage, error.description)
        }
    }

    private static func make(_ folder: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw StandardError.fail(.cannotCreate, "\(folder): The folder cannot be made; name another one.")
        }
    }
}
