import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Prints a page with the Chromium that is installed.
struct PDFPrinter {
    private static let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]

    /// The folders that the browser is looked for in, separated by colons.
    var path = getenv("PATH").map { String(cString: $0) } ?? ""
    /// How long the browser may take; a page of ours takes a second or two.
    var limit = Duration.seconds(60)

    /// The PDF of a self-contained page.
    ///
    /// - Throws: ``PDFError`` where there is no browser, or it makes no PDF in time.
    func bytes(html: String) throws -> [UInt8] {
        guard let browser = find() else {
            throw PDFError(
                .noBrowser,
                "PDF needs Chromium, and none of \(Self.names.joined(separator: ", ")) is in PATH. Install it (apt-get install chromium), or take the format html and print that."
            )
        }
        return try ScratchFile.bytes("page.pdf") { file in
            let target = URL(fileURLWithPath: file)
            let folder = target.deletingLastPathComponent()
            let page = folder.appending(path: "page.html")
            try Data(html.utf8).write(to: page)
            try run(browser, page: page, target: target, profile: folder.appending(path: "profile"))
            let size = try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
            guard let size, size > 100 else {
                throw PDFError(.noPDF, "\(browser) wrote no PDF. Take the format html and print that.")
            }
        }
    }

    private func find() -> String? {
        let folders = path.split(separator: ":")
        for name in Self.names {
            for folder in folders where access("\(folder)/\(name)", X_OK) == 0 { return "\(folder)/\(name)" }
        }
        return nil
    }

    private func run(_ browser: String, page: URL, target: URL, profile: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: browser)
        // Chromium refuses its sandbox to root; the page is ours and loads nothing.
        let sandbox = geteuid() == 0 ? ["--no-sandbox"] : []
        process.arguments =
            ["--headless", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir=\(profile.path)"] + sandbox
            + ["--print-to-pdf=\(target.path)", page.absoluteString]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do { try process.run() } catch {
            throw PDFError(.notStarted, "\(browser) cannot be started: \(error.localizedDescription)")
        }
        let (seconds, attoseconds) = limit.components
        let most = DispatchTime.now() + Double(seconds) + Double(attoseconds) / 1e18
        if ended.wait(timeout: most) == .timedOut {
            Self.kill(process)
            ended.wait()
            throw PDFError(
                .tooSlow,
                "\(browser) did not print the page within \(limit) and was stopped. Try again, or take the format html and print that."
            )
        }
    }

    /// Ends the browser with what it has started, where it leads a group of its own.
    private static func kill(_ process: Process) {
        let number = process.processIdentifier
        _ = getpgid(number) == number ? killpg(number, SIGKILL) : 0
        #if canImport(Glibc)
            _ = Glibc.kill(number, SIGKILL)
        #else
            _ = Darwin.kill(number, SIGKILL)
        #endif
    }
}
