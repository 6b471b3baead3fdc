import ArgumentParser
import Attribution
import Inputs
import Ledger
import ROI
import Registry
import Statistics
import Workbooks

/// Turns the errors of the stages into a word and an exit code.
func reportingFailures<Result>(_ body: () async throws -> Result) async throws -> Result {
    do { return try await body() } catch let error as InputError {
        switch error.code {
        case .notFound, .unreadable: throw StandardError.fail(.noInput, error.description)
        case .malformed, .unrecognised: throw StandardError.fail(.data, error.description)
        }
    } catch let error as LedgerError {
        switch error.code {
        case .unavailable, .busy: throw StandardError.fail(.unavailable, error.description)
        case .incompatible: throw StandardError.fail(.data, error.description)
        case .notWritable: throw StandardError.fail(.cannotCreate, error.description)
        case .failed: throw StandardError.fail(.ourFault, error.description)
        }
    } catch let error as DraftError {
        throw ValidationError("--\(error.option) \(error.problem)")
    } catch let error as PDFError {
        throw StandardError.fail(error.code == .noPDF ? .ourFault : .unavailable, error.description)
    } catch let error as RegistryError {
        throw StandardError.fail(error.exit, error.description)
    } catch let error as ScenarioError {
        throw StandardError.fail(.data, error.description)
    } catch let error as StudyError {
        throw StandardError.fail(.data, error.description)
    } catch let error as DistributionError {
        throw StandardError.fail(.data, error.message)
    } catch let error as WorkbookError {
        throw StandardError.fail(.cannotCreate, error.description)
    } catch let error as JournalError {
        throw StandardError.fail(error.code == .notWritable ? .cannotCreate : .unavailable, error.description)
    }
}

extension DraftError {
    /// The option that sets the field.
    fileprivate var option: String {
        field == "concurrent_requests" ? "concurrent" : field.replacing("_", with: "-")
    }
}

extension RegistryError {
    /// The exit code of a failure of the registry's.
    fileprivate var exit: SystemExit {
        switch code {
        case .unavailable, .busy: .unavailable
        case .incompatible: .data
        case .notFound: .noInput
        case .notWritable: .cannotCreate
        case .failed: .ourFault
        }
    }
}
