/// A dense matrix of numbers, column after column as LAPACK reads it.
package struct Matrix: Sendable, Hashable {
    /// How many rows.
    package let rows: Int
    /// How many columns.
    package let columns: Int
    /// The entries, column after column.
    package var values: [Double]

    /// A matrix of equal entries.
    package init(rows: Int, columns: Int, repeating value: Double = 0) {
        (self.rows, self.columns) = (rows, columns)
        values = [Double](repeating: value, count: rows * columns)
    }

    /// A matrix of columns, each of which has `rows` entries.
    package init(rows: Int, columns: [[Double]]) {
        precondition(columns.allSatisfy { $0.count == rows }, "Every column of a matrix has the same length.")
        (self.rows, self.columns) = (rows, columns.count)
        values = columns.flatMap { $0 }
    }

    /// An entry.
    package subscript(_ row: Int, _ column: Int) -> Double {
        get { values[column * rows + row] }
        set { values[column * rows + row] = newValue }
    }

    /// A column's entries.
    package func column(_ column: Int) -> ArraySlice<Double> { values[(column * rows)..<((column + 1) * rows)] }

    /// A row's entries.
    package func row(_ row: Int) -> [Double] { (0..<columns).map { self[row, $0] } }

    /// The matrix of some rows, in the order that is asked for.
    package func selecting(rows chosen: [Int]) -> Matrix {
        Matrix(rows: chosen.count, columns: (0..<columns).map { column in chosen.map { self[$0, column] } })
    }

    /// The matrix of some columns, in the order that is asked for.
    package func selecting(columns chosen: [Int]) -> Matrix {
        Matrix(rows: rows, columns: chosen.map { Array(column($0)) })
    }

    /// Rows become columns.
    package var transposed: Matrix { Matrix(rows: columns, columns: (0..<rows).map(row)) }
}

extension Matrix {
    /// The product of two matrices.
    package static func * (a: Matrix, b: Matrix) -> Matrix {
        precondition(a.columns == b.rows, "The columns of the left matrix are the rows of the right one.")
        var product = Matrix(rows: a.rows, columns: b.columns)
        for column in 0..<b.columns {
            for inner in 0..<a.columns {
                let factor = b[inner, column]
                if factor == 0 { continue }
                for row in 0..<a.rows { product.values[column * a.rows + row] += a[row, inner] * factor }
            }
        }
        return product
    }

    /// The product with a column of numbers.
    package static func * (a: Matrix, b: [Double]) -> [Double] {
        (a * Matrix(rows: b.count, columns: [b])).values
    }

    /// The sum, entry by entry.
    package static func + (a: Matrix, b: Matrix) -> Matrix {
        precondition(a.rows == b.rows && a.columns == b.columns, "Only matrices of one size are added.")
        var sum = a
        for position in sum.values.indices { sum.values[position] += b.values[position] }
        return sum
    }

    /// Its transpose times itself: the products of all pairs of columns.
    package var gram: Matrix {
        var gram = Matrix(rows: columns, columns: columns)
        for a in 0..<columns {
            for b in 0...a {
                let product = Vectors.dot(column(a), column(b))
                (gram[a, b], gram[b, a]) = (product, product)
            }
        }
        return gram
    }
}

/// Sums over columns of numbers.
package enum Vectors {
    /// The sum of products; the shorter one ends it.
    package static func dot(_ a: some Sequence<Double>, _ b: some Sequence<Double>) -> Double {
        var sum = 0.0
        for (x, y) in zip(a, b) { sum += x * y }
        return sum
    }

    /// The mean; 0 of nothing.
    package static func mean(_ values: some Collection<Double>) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    /// The mean of the squares; 0 of nothing.
    package static func meanSquare(_ values: some Collection<Double>) -> Double {
        values.isEmpty ? 0 : values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    }
}
