package org.mtl4j.train;

import java.util.List;

/**
 * Two losses of two parameters with a curved front and steep ravines far from it, on which methods part: the toy problem of
 * Liu et al. 2021 (CAGrad, appendix A.1), of Navon et al. 2022 (Nash-MTL) and of Liu et al. 2023 (FAMO), whose first loss is
 * scaled by 0.1. With th = tanh and x = (x1, x2):
 *
 * <pre>
 * f1 = log(max(|(-x1 - 7) / 2 - th(-x2)|, 5e-6)) + 6       q1 = ((7 - x1)^2 + (-x2 - 8)^2 / 10) / 10 - 20
 * f2 = log(max(|(-x1 + 3) / 2 + th(-x2) + 2|, 5e-6)) + 6   q2 = ((-x1 - 7)^2 + (-x2 - 8)^2 / 10) / 10 - 20
 * c1 = max(th(x2 / 2), 0)                                  c2 = max(th(-x2 / 2), 0)
 * L1 = scale (c1 f1 + c2 q1)                               L2 = c1 f2 + c2 q2
 * </pre>
 *
 * <p>The derivatives at the bends are those that the published runs had, which are PyTorch's: c1 and c2 have 1/2 and -1/2 at
 * x2 = 0, so that nothing rests there; a logarithm held at 5e-6 has 0.
 */
public final class Toy {

    /** Where the logarithms are held. */
    static final double LEAST = 5e-6;

    private Toy() {}

    /** The two losses, L1 and L2. @param scale what the first is multiplied by */
    public static List<Surface> surfaces(double scale) {
        return List.of(
                new Surface("L1", (x, slope) -> loss(1, scale, x, slope)),
                new Surface("L2", (x, slope) -> loss(-1, 1, x, slope)));
    }

    /** One loss: the second is the mirror image of the first. @param side 1 or -1 */
    private static double loss(double side, double scale, double[] x, double[] slope) {
        double t = StrictMath.tanh(x[1]);
        double u = -0.5 * x[0] - side * (3.5 - t);
        boolean isHeld = Math.abs(u) < LEAST;
        double f = StrictMath.log(isHeld ? LEAST : Math.abs(u)) + 6;
        double df = isHeld ? 0 : 1 / u;

        double across = x[0] - 7 * side;
        double down = x[1] + 8;
        double q = (across * across + 0.1 * down * down) / 10 - 20;

        double h = StrictMath.tanh(0.5 * x[1]);
        double dh = 0.5 * (1 - h * h);
        double c1 = Math.max(h, 0);
        double c2 = Math.max(-h, 0);
        double dc1 = x[1] >= 0 ? dh : 0;
        double dc2 = x[1] <= 0 ? -dh : 0;

        slope[0] = scale * (c1 * df * -0.5 + c2 * 0.2 * across);
        slope[1] = scale * (dc1 * f + c1 * df * side * (1 - t * t) + dc2 * q + c2 * 0.02 * down);
        return scale * (c1 * f + c2 * q);
    }
}
