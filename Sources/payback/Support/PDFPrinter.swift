import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Prints a page with the Chromium that is installed.
struct PDFPrinter {
    private static let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]

    /// Prints a self-contained page.
    ///
    /// - Throws: exit code 69 where there is no browser, 70 where it fails, 73 where the file cannot be written.
    static func print(html: String, to file: String) throws {
        guard let browser = find() else {
            throw StandardError.fail(
                .unavailable,
                "PDF needs Chromium, and none of \(names.joined(separator: ", ")) is in PATH. Install it (apt-get install chromium), or take --format html and print that."
            )
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "payback-pdf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (page, target) = (folder.appending(path: "page.html"), folder.appending(path: "page.pdf"))
        try Data(html.utf8).write(to: page)
        try run(browser, page: page, target: target, profile: folder.appending(path: "profile"))
        guard let data = try? Data(contentsOf: target), data.count > 100 else {
            throw StandardError.fail(.ourFault, "\(browser) wrote no PDF. Take --format html and print that.")
        }
        do { try data.write(to: URL(fileURLWithPath: file)) } catch {
            throw StandardError.fail(.cannotCreate, "\(file): It cannot be written: \(error.localizedDescription)")
        }
    }

    private static func find() -> String? {
        let folders = (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":")
        for name in names {
            for folder in folders where access("\(folder)/\(name)", X_OK) == 0 { return "\(folder)/\(name)" }
        }
        return nil
    }

    private static func run(_ browser: String, page: URL, target: URL, profile: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: browser)
        // Chromium refuses its sandbox to root; the page is ours and loads nothing.
        let sandbox = geteuid() == 0 ? ["--no-sandbox"] : []
        process.arguments =
            ["--headless", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir=\(profile.path)"] + sandbox
            + ["--print-to-pdf=\(target.path)", page.absoluteString]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch {
            throw StandardError.fail(.unavailable, "\(browser) cannot be started: \(error.localizedDescription)")
        }
        process.waitUntilExit()
    }
}
