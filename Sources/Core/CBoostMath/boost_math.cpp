#include "boost_math.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/random/sobol.hpp>

#include <cmath>
#include <limits>

// In double precision throughout: Boost would go through long double, four times as slow, for digits nobody reads.
using Exactness = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Beta = boost::math::beta_distribution<double, Exactness>;
using ChiSquare = boost::math::chi_squared_distribution<double, Exactness>;
using FisherF = boost::math::fisher_f_distribution<double, Exactness>;
using StudentsT = boost::math::students_t_distribution<double, Exactness>;
using NoncentralT = boost::math::non_central_t_distribution<double, Exactness>;

// No exception crosses into C: whatever Boost cannot answer is "not a number".
template <typename Body> static double answer(Body body) {
    try {
        return body();
    } catch (...) {
        return std::numeric_limits<double>::quiet_NaN();
    }
}

double payback_beta_quantile(double alpha, double beta, double p) {
    return answer([&] { return quantile(Beta(alpha, beta), p); });
}

double payback_beta_density(double alpha, double beta, double x) {
    return answer([&] { return pdf(Beta(alpha, beta), x); });
}

double payback_t_quantile(double degrees, double p) {
    return answer([&] { return quantile(StudentsT(degrees), p); });
}

double payback_t_cumulative(double degrees, double t) {
    return answer([&] { return cdf(StudentsT(degrees), t); });
}

double payback_noncentral_t_cumulative(double degrees, double shift, double t) {
    return answer([&] { return cdf(NoncentralT(degrees, shift), t); });
}

double payback_chi_square_upper(double degrees, double x) {
    return answer([&] { return cdf(complement(ChiSquare(degrees), x)); });
}

double payback_beta_cumulative(double alpha, double beta, double x) {
    return answer([&] { return cdf(Beta(alpha, beta), x); });
}

double payback_log_gamma(double x) {
    return answer([&] { return boost::math::lgamma(x, Exactness()); });
}

double payback_f_upper(double first, double second, double x) {
    return answer([&] { return cdf(complement(FisherF(first, second), x)); });
}

uint32_t payback_sobol_most_dimensions(void) { return boost::random::default_sobol_table::max_dimension; }

int32_t payback_sobol_points(uint32_t dimensions, uint64_t first, size_t count, uint32_t *points) {
    try {
        boost::random::sobol_engine<uint32_t, 32> engine(dimensions);
        size_t position = 0;
        // Boost leaves out the origin, without which a power of two of points is no longer balanced.
        if (first == 0) {
            for (; position < dimensions && count > 0; position++) points[position] = 0;
        } else {
            engine.seed(static_cast<uint32_t>(first - 1));
        }
        for (; position < count * dimensions; position++) points[position] = engine();
        return 0;
    } catch (...) {
        return 1;
    }
}
