// Arithmetic over columns of numbers, compiled for several processors; the widest that the machine has is taken.
#ifndef PAYBACK_COLUMNS_H
#define PAYBACK_COLUMNS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// target[i] = a[i] + b[i], and so on. A column may be the target itself.
void payback_add(double *target, const double *a, const double *b, size_t count);
void payback_subtract(double *target, const double *a, const double *b, size_t count);
void payback_multiply(double *target, const double *a, const double *b, size_t count);
void payback_divide(double *target, const double *a, const double *b, size_t count);
void payback_minimum(double *target, const double *a, const double *b, size_t count);
void payback_maximum(double *target, const double *a, const double *b, size_t count);

// The same with one number for all of `b`.
void payback_add_number(double *target, const double *a, double b, size_t count);
void payback_multiply_number(double *target, const double *a, double b, size_t count);
void payback_minimum_number(double *target, const double *a, double b, size_t count);
void payback_maximum_number(double *target, const double *a, double b, size_t count);

// The payback known after a month: infinite while the sum is negative, interpolated where it crosses zero, else as known.
void payback_crossing(
    double *target, const double *known, const double *before, const double *after, double month, size_t count);

// Shares of a triangular distribution become values, in place.
void payback_triangular(double *column, double low, double mode, double high, size_t count);

#ifdef __cplusplus
}
#endif
#endif
