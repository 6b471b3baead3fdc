/// What AWS knows a caller by. It never shows itself in a log or a message.
package struct AWSCredentials: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The access key's id.
    package let accessKeyID: String
    /// The secret that belongs to it.
    package let secretAccessKey: String
    /// The token of temporary credentials; absent for a user's own.
    package let sessionToken: String?

    /// Creates credentials.
    package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        (self.accessKeyID, self.secretAccessKey) = (accessKeyID, secretAccessKey)
        self.sessionToken = sessionToken
    }

    package var description: String { "(secret)" }
    package var debugDescription: String { "(secret)" }
}
