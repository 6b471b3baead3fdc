internal import NIOCore
extension Exchange { var isBatchResult: Bool { false }
 func recordBatchResults(_ r: ByteBuffer) {} }
