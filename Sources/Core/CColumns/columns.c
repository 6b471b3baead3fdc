#include "columns.h"

#include <math.h>

#if defined(__x86_64__) && defined(__linux__)
#define WIDEST __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDEST
#endif

#define OF_COLUMNS(name, value)                                                                      \
    WIDEST void name(double *target, const double *a, const double *b, size_t count) {               \
        for (size_t i = 0; i < count; i++) target[i] = (value);                                      \
    }
#define OF_NUMBER(name, value)                                                                       \
    WIDEST void name(double *target, const double *a, double b, size_t count) {                      \
        for (size_t i = 0; i < count; i++) target[i] = (value);                                      \
    }

OF_COLUMNS(payback_add, a[i] + b[i])
OF_COLUMNS(payback_subtract, a[i] - b[i])
OF_COLUMNS(payback_multiply, a[i] * b[i])
OF_COLUMNS(payback_divide, a[i] / b[i])
OF_COLUMNS(payback_minimum, b[i] < a[i] ? b[i] : a[i])
OF_COLUMNS(payback_maximum, b[i] > a[i] ? b[i] : a[i])
OF_NUMBER(payback_add_number, a[i] + b)
OF_NUMBER(payback_multiply_number, a[i] * b)
OF_NUMBER(payback_minimum_number, b < a[i] ? b : a[i])
OF_NUMBER(payback_maximum_number, b > a[i] ? b : a[i])

WIDEST void payback_crossing(
    double *target, const double *known, const double *before, const double *after, double month, size_t count) {
    for (size_t i = 0; i < count; i++) {
        double reached = month - after[i] / (after[i] - before[i]);
        double settled = before[i] < 0 ? reached : known[i];
        target[i] = after[i] < 0 ? INFINITY : settled;
    }
}

WIDEST void payback_triangular(double *column, double low, double mode, double high, size_t count) {
    double width = high - low, rise = mode - low, fall = high - mode;
    for (size_t i = 0; i < count; i++) {
        double p = column[i];
        int is_below = p * width < rise;
        double root = sqrt((is_below ? rise * p : fall * (1 - p)) * width);
        column[i] = is_below ? low + root : high - root;
    }
}
