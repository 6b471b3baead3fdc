import Foundation
import Testing

@testable import payback

@Suite("Printing PDFs")
struct PDFPrinterTests {
    /// A folder with a browser that is a script.
    private func with(_ script: String, _ body: (URL) throws -> Void) throws {
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "chromium")
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        try body(folder)
    }

    @Test("What the browser writes is the PDF, and nothing of it is left behind")
    func bytes() throws {
        let script = """
            for argument in "$@"; do
              case "$argument" in
                --print-to-pdf=*) target="${argument#--print-to-pdf=}" ;;
                file://*) page="${argument#file://}" ;;
              esac
            done
            printf '%200s' "$page" > "$target"
            """
        try with(script) { folder in
            let bytes = try PDFPrinter(path: folder.path).bytes(html: "<p>page</p>")
            let page = String(decoding: bytes, as: UTF8.self).drop { $0 == " " }
            #expect(bytes.count == 200 && page.hasSuffix("page.html"))
            #expect(!FileManager.default.fileExists(atPath: String(page)))
        }
    }

    @Test("A browser that does not end is ended, with what it has started, and that is said")
    func tooSlow() throws {
        try with("echo $$ > \"$(dirname \"$0\")/number\"\nsleep 1000 & wait") { folder in
            let impatient = PDFPrinter(path: folder.path, limit: .milliseconds(300))
            let error = #expect(throws: PDFError.self) { try impatient.bytes(html: "") }
            #expect(error?.code == .tooSlow && error?.message.contains("was stopped") == true)
            let number = try String(contentsOf: folder.appending(path: "number"), encoding: .utf8)
            let process = try #require(Int32(number.trimmingCharacters(in: .whitespacesAndNewlines)))
            #expect(kill(process, 0) == -1, "it is gone")
        }
    }

    @Test("No browser, one that writes nothing, and one that cannot be started")
    func failures() throws {
        let none = #expect(throws: PDFError.self) { try PDFPrinter(path: "/nowhere").bytes(html: "") }
        #expect(none?.code == .noBrowser && none?.message.contains("apt-get install chromium") == true)
        try with("exit 1") { folder in
            let error = #expect(throws: PDFError.self) { try PDFPrinter(path: folder.path).bytes(html: "") }
            #expect(error?.code == .noPDF && error?.message.contains("html") == true)
        }
    }
}
