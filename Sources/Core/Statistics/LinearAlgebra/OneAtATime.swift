internal import Synchronization

/// OpenBLAS without a thread pool, as Debian builds it, hands out its buffers without a lock: two calls at once give a
/// wrong number once in some ten thousand. Every call of LAPACK goes through here, one at a time.
enum OneAtATime {
    private static let lock = Mutex(())

    /// Calls LAPACK.
    static func call<Result>(_ body: () -> Result) -> Result { lock.withLock { _ in body() } }
}
