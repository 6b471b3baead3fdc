import ArgumentParser
import Gateway
import Inputs

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which configuration.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        help: "The configuration (PAYBACK_CONFIG, else payback.yaml where there is one, else the environment alone).")
    var config: String?

    /// Reads the configuration.
    ///
    /// - Returns: the configuration, and the file that it comes from.
    /// - Throws: exit code 78 where it is wrong; everything that is wrong stands on standard error.
    func load() throws -> (configuration: GatewayConfiguration, path: String?) {
        let environment = Self.environment
        guard let path = config ?? environment["PAYBACK_CONFIG"] ?? Self.usual else {
            return (ConfigurationReader.environmentOnly(environment), nil)
        }
        let (configuration, problems) = try Self.read(path)
        for problem in problems { StandardError.print("\(problem.severity.rawValue): \(problem)") }
        if problems.contains(where: { $0.severity == .error }) {
            throw StandardError.fail(.configuration, "\(path) cannot be used as it is.")
        }
        return (configuration, path)
    }

    /// Reads a file, and says everything that is wrong with it.
    static func read(_ path: String) throws -> (GatewayConfiguration, [InputProblem]) {
        let document: YAMLDocument
        do throws(InputError) { document = try YAMLDocument(path: path) } catch {
            guard error.code == .malformed else { throw error }
            throw StandardError.fail(.configuration, error.description)
        }
        return ConfigurationReader.read(document, environment: environment) { (path) throws(InputError) in
            try TextFile.read(path)
        }
    }

    private static var usual: String? { access("payback.yaml", R_OK) == 0 ? "payback.yaml" : nil }

    /// The environment of this process.
    static var environment: [String: String] {
        var result: [String: String] = [:]
        var position = environ
        while let entry = position.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                result[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            position += 1
        }
        return result
    }
}
