#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Signals whose default is to end the process become errors of the calls that cause them: a file that may not grow, a
/// peer that has left.
func ignoreSignals() {
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
}
