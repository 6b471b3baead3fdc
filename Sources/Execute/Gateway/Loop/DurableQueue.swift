internal import Dispatch
internal import Ledger
internal import NIOCore

/// Lets work go on once what was written before it is on the disk; many requests share one wait (group commit).
final class DurableQueue {
    private let eventLoop: any EventLoop
    private let disk: DispatchQueue
    private var waiting: [() -> Void] = []
    private var isWriting = false

    init(eventLoop: any EventLoop, disk: DispatchQueue) { (self.eventLoop, self.disk) = (eventLoop, disk) }

    /// Calls `body` on the event loop once everything that the writer has appended so far is on the disk.
    func after(_ writer: JournalWriter, _ body: @escaping () -> Void) {
        waiting.append(body)
        if !isWriting { write(writer) }
    }

    private func write(_ writer: JournalWriter) {
        guard !waiting.isEmpty, let handle = writer.handle else { return runAll() }
        isWriting = true
        let bodies = NIOLoopBound((waiting, self, writer), eventLoop: eventLoop)
        waiting = []
        disk.async { [eventLoop] in
            // A disk that fails here fails for the next write too, which reports it.
            try? handle.synchronise()
            eventLoop.execute {
                let (bodies, queue, writer) = bodies.value
                queue.isWriting = false
                for body in bodies { body() }
                if !queue.waiting.isEmpty, !queue.isWriting { queue.write(writer) }
            }
        }
    }

    private func runAll() {
        let bodies = waiting
        waiting = []
        for body in bodies { body() }
    }
}
