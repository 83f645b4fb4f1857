/* What would a loop in C need? One tick: greeks of every leg, then both break-evens of today's curve a condor.

   Legs in rows of 8 a condor: 4 on SPX, 4 on VIX futures. The model is the engine's: Black-76, a smile that stays
   with moneyness, volatility that follows VIX, VIX that follows SPX. Roots by a secant from those of before. */
#include <math.h>

enum { LEGS = 8, ROOTS = 2, MOST = 8 };

typedef struct {
    double dollars, sign, strike, forward, sigma, years, discount, growth, per_vix, is_spx;
} Leg;

static double cdf(double x) { return 0.5 * erfc(-x * M_SQRT1_2); }

static double skew(double k) { return (k < 0 ? -0.55 : -0.35) * k + 0.8 * k * k; }

static double black(double f, double k, double sigma, double years, double sign, double discount) {
    if (f <= 0) return sign < 0 ? discount * k : 0.0;
    double total = sigma * sqrt(years), d1 = log(f / k) / total + total / 2;
    return discount * sign * (f * cdf(sign * d1) - k * cdf(sign * (d1 - total)));
}

static double gain(const Leg *leg, double cash, double spx, double spx0, double vix0) {
    double move = log(spx / spx0), vix = vix0 * exp((move < 0 ? -4.5 : -3.4) * move), total = cash;
    vix = vix < 9 ? 9 : vix > 90 ? 90 : vix;
    for (int i = 0; i < LEGS; i++, leg++) {
        double f, sigma = leg->sigma;
        if (leg->is_spx) {
            double k = log(leg->strike / spx0);
            sigma += skew(k - move) - skew(k) + leg->per_vix * (vix - vix0) / 100;
            sigma = sigma < 0.01 ? 0.01 : sigma;
            f = spx * leg->growth;
        } else {
            f = leg->forward + leg->per_vix * (vix - vix0);
        }
        total += leg->dollars * black(f, leg->strike, sigma, leg->years, leg->sign, leg->discount);
    }
    return total;
}

static void greeks(const Leg *leg, double rate, double *out) {
    double f = leg->forward, k = leg->strike, root = sqrt(leg->years), total = leg->sigma * root;
    double d1 = log(f / k) / total + total / 2, slope = cdf(leg->sign * d1);
    double density = exp(-0.5 * d1 * d1) * leg->discount / sqrt(2 * M_PI);
    double value = leg->discount * leg->sign * (f * slope - k * cdf(leg->sign * (d1 - total)));
    double vega = f * density * root;
    out[0] += leg->dollars * value;
    out[1] += leg->dollars * leg->discount * leg->sign * slope;
    out[2] += leg->dollars * density / (f * total);
    out[3] += leg->dollars * vega;
    out[4] += leg->dollars * (rate * value - vega * leg->sigma / (2 * leg->years));
}

void tick(const Leg *legs, const double *cash, int condors, double rate, double spx0, double vix0,
          double *roots, double *slopes, double *sums) {
    for (int c = 0; c < condors; c++, legs += LEGS) {
        double *out = sums + 5 * c;
        for (int i = 0; i < 5; i++) out[i] = 0;
        for (int i = 0; i < LEGS; i++) greeks(legs + i, rate, out);
        for (int r = 0; r < ROOTS; r++) {
            double x = roots[ROOTS * c + r], slope = slopes[ROOTS * c + r];
            double y = gain(legs, cash[c], x, spx0, vix0);
            for (int n = 0; n < MOST && fabs(y) > 1e-6; n++) {
                double step = -y / slope, there = gain(legs, cash[c], x + step, spx0, vix0);
                if (fabs(step) > 1e-6) slope = (there - y) / step;
                x += step;
                y = there;
                if (fabs(y) < fabs(slope) * 1e-3) {
                    x -= y / slope;
                    break;
                }
            }
            roots[ROOTS * c + r] = x;
            slopes[ROOTS * c + r] = slope;
        }
    }
}
