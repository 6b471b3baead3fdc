/// Why a page could not be printed. The machine's fault, not the reader's; the page itself can always be had as HTML.
struct PDFError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    enum Code: String, Sendable {
        /// No browser is installed; trying again does not help.
        case noBrowser = "no_browser"
        /// It cannot be started.
        case notStarted = "not_started"
        /// It did not finish in time; trying again may help.
        case tooSlow = "too_slow"
        /// It finished without a PDF.
        case noPDF = "no_pdf"
    }

    /// The kind.
    let code: Code
    /// What is wrong and what to do about it.
    let message: String

    /// Creates an error.
    init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    var description: String { message }
}
