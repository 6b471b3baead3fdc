import Inputs

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Patterns such as `logs/*.jsonl` that the shell has not expanded.
enum FilePattern {
    /// Whether there is something of this name.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The files that match, sorted; the name itself where it holds no pattern or names a file.
    ///
    /// - Throws: ``InputError`` where a pattern matches nothing.
    static func expand(_ pattern: String) throws(InputError) -> [String] {
        guard pattern.contains(where: { "*?[".contains($0) }), access(pattern, F_OK) != 0 else { return [pattern] }
        var matches = glob_t()
        defer { globfree(&matches) }
        guard glob(pattern, 0, nil, &matches) == 0 else {
            throw InputError(.notFound, file: pattern, "No file matches the pattern.")
        }
        return (0..<Int(matches.gl_pathc)).compactMap { position in
            matches.gl_pathv[position].map { String(cString: $0) }
        }
    }
}

/// How many processors there are.
enum ProcessorCount {
    /// At least one.
    static var current: Int { max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1) }
}
