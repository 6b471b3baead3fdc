// A thin C face on Boost.Math and Boost.Random: special functions and Sobol's points.
#ifndef PAYBACK_BOOST_MATH_H
#define PAYBACK_BOOST_MATH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The quantile of the beta distribution; NaN where the parameters are not positive or p is outside 0…1.
double payback_beta_quantile(double alpha, double beta, double p);
/// The density of the beta distribution at x in 0…1; NaN where it does not exist.
double payback_beta_density(double alpha, double beta, double x);
/// The quantile of Student's t distribution; NaN where `degrees` is not positive or p is not inside 0…1.
double payback_t_quantile(double degrees, double p);
/// P(T ≤ t) of Student's t distribution.
double payback_t_cumulative(double degrees, double t);
/// P(T ≤ t) of the noncentral t distribution with a shift: what Student's t becomes where there is an effect.
double payback_noncentral_t_cumulative(double degrees, double shift, double t);
/// P(X ≥ x) of the chi-square distribution; NaN where `degrees` is not positive or x is negative.
double payback_chi_square_upper(double degrees, double x);
/// P(X ≤ x) of the beta distribution; NaN where the parameters are not positive or x is outside 0…1.
double payback_beta_cumulative(double alpha, double beta, double x);
/// The logarithm of the absolute value of the gamma function; NaN at its poles.
double payback_log_gamma(double x);
/// P(X > x) of the F distribution; NaN where the degrees are not positive.
double payback_f_upper(double first, double second, double x);

/// The most dimensions that a sequence may have.
uint32_t payback_sobol_most_dimensions(void);
/// Writes points `first` … `first + count - 1` of Sobol's sequence (Joe and Kuo's direction numbers, unscrambled) as
/// 32-bit fractions, dimension by dimension within a point. Returns 0, or 1 where the dimensions are too many.
int32_t payback_sobol_points(uint32_t dimensions, uint64_t first, size_t count, uint32_t *points);

#ifdef __cplusplus
}
#endif
#endif
