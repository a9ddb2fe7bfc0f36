package org.mtl4j.nd4j;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.mtl4j.tensor.Bias;
import org.mtl4j.tensor.Conv1d;
import org.mtl4j.tensor.Conv2d;
import org.mtl4j.tensor.ConvTranspose2d;
import org.mtl4j.tensor.Pool;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Spans;
import org.mtl4j.tensor.Window;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What slides a window over an image, as SameDiff expressions: convolutions and pools. By ND4J's own operations where they
 * have the case; else by them and a {@link PixelMap}.
 */
final class WindowGraph {

    private static final String LAYOUT = "NCHW";

    /** Stands for no pixel where the greatest is sought. */
    private static final double NONE = -1e30;

    private final SameDiff sd;
    private final Function<String, SDVariable> part;

    /** @param part makes the variable of a layer's parameter by its last name */
    WindowGraph(SameDiff sd, Function<String, SDVariable> part) {
        this.sd = sd;
        this.part = part;
    }

    /** A setting of ND4J's made of a window's eight numbers. */
    private interface Setting<C> {
        C of(long kH, long kW, long sH, long sW, long pH, long pW, long dH, long dW);
    }

    private static <C> C setting(Window w, Setting<C> setting) {
        return setting.of(
                w.height(),
                w.width(),
                w.strideHeight(),
                w.strideWidth(),
                w.paddingHeight(),
                w.paddingWidth(),
                w.dilationHeight(),
                w.dilationWidth());
    }

    private static Conv2DConfig conv(Window window) {
        return setting(
                window,
                (kH, kW, sH, sW, pH, pW, dH, dW) -> new Conv2DConfig(
                        kH, kW, sH, sW, pH, pW, dH, dW, PaddingMode.VALID, LAYOUT, WeightsFormat.YXIO));
    }

    private static DeConv2DConfig transposed(Window window) {
        return setting(
                window,
                (kH, kW, sH, sW, pH, pW, dH, dW) -> new DeConv2DConfig(kH, kW, sH, sW, pH, pW, dH, dW, false, LAYOUT));
    }

    private static Pooling2DConfig pool(Window window) {
        return setting(
                window,
                (kH, kW, sH, sW, pH, pW, dH, dW) -> Pooling2DConfig.builder()
                        .kH(kH)
                        .kW(kW)
                        .sH(sH)
                        .sW(sW)
                        .pH(pH)
                        .pW(pW)
                        .dH(dH)
                        .dW(dW)
                        .divisor(Pooling2D.Divisor.EXCLUDE_PADDING)
                        .paddingMode(PaddingMode.VALID)
                        .build());
    }

    /** @param x [rows, channels, height, width] */
    SDVariable conv(SDVariable x, int channels, Conv2d conv) {
        SDVariable y = convolved(x, channels, conv.filters(), conv.groups(), conv.window());
        return Activations.apply(conv.activation(), biased(y, conv.filters(), conv.bias()));
    }

    /** @param x [rows, places, features], 0 where a row has no place */
    SDVariable conv(SDVariable x, Shape.Series below, Conv1d conv) {
        SDVariable row = x.permute(0, 2, 1).reshape(-1, below.width(), 1, below.length());
        SDVariable y = convolved(row, below.width(), conv.filters(), conv.groups(), conv.window());
        SDVariable bent = Activations.apply(conv.activation(), biased(y, conv.filters(), conv.bias()));
        int places = conv.window().placesRight(below.length());
        return bent.reshape(-1, conv.filters(), places).permute(0, 2, 1);
    }

    private SDVariable convolved(SDVariable x, int channels, int filters, int groups, Window w) {
        // turned, since the derivative of its conv2d takes no other order of weights in 1.0.0-M2.1
        return byGroup(
                x,
                groups,
                weights -> weights.reshape(filters / groups, channels / groups, w.height(), w.width())
                        .permute(2, 3, 1, 0),
                (in, weights) -> sd.cnn().conv2d(in, weights, conv(w)));
    }

    /** A kernel on the channels of a group. */
    private interface Kernel {
        SDVariable of(SDVariable x, SDVariable weights);
    }

    /** Each group of channels with its weights, side by side. */
    private SDVariable byGroup(SDVariable x, int groups, UnaryOperator<SDVariable> shaped, Kernel kernel) {
        SDVariable weights = part.apply("weight");
        if (groups == 1) {
            return kernel.of(x, shaped.apply(weights));
        }
        SDVariable[] in = sd.split(x, groups, 1);
        SDVariable[] parts = sd.split(weights, groups, 0);
        SDVariable[] out = new SDVariable[groups];
        for (int g = 0; g < groups; g++) {
            out[g] = kernel.of(in[g], shaped.apply(parts[g]));
        }
        return sd.concat(1, out);
    }

    private SDVariable biased(SDVariable y, int filters, Bias bias) {
        return bias == Bias.NONE ? y : y.add(part.apply("bias").reshape(1, filters, 1, 1));
    }

    /** What ND4J's has no room for, pixels added at the bottom and right, is cut out of the result without padding. */
    SDVariable transposed(SDVariable x, Shape.Image below, Shape.Image above, ConvTranspose2d conv) {
        Window w = conv.window();
        boolean whole = conv.extraHeight() > 0 || conv.extraWidth() > 0;
        Window own = whole ? w.padding(0, 0) : w;
        int filters = conv.filters() / conv.groups();
        SDVariable y = byGroup(
                x,
                conv.groups(),
                weights -> weights.reshape(below.channels() / conv.groups(), filters, w.height(), w.width())
                        .permute(2, 3, 1, 0),
                (in, weights) -> sd.cnn().deconv2d(in, weights, transposed(own)));
        if (whole) {
            Shape.Image full = new Shape.Image(
                    conv.filters(),
                    above.height() + 2 * w.paddingHeight() - conv.extraHeight(),
                    above.width() + 2 * w.paddingWidth() - conv.extraWidth());
            y = PixelMap.crop(full, above, w.paddingHeight(), w.paddingWidth()).of(y, conv.filters());
        }
        return Activations.apply(conv.activation(), biased(y, conv.filters(), conv.bias()));
    }

    /** @param x [rows, channels, height, width] */
    SDVariable pool(SDVariable x, Shape.Image below, Pool pool) {
        if (pool instanceof Pool.Max max) {
            return greatest(x, below, max);
        } else if (pool instanceof Pool.Average mean && isPlain(mean)) {
            return sd.cnn().avgPooling2d(x, pool(mean.window()));
        }
        return PixelMap.means(pool, below).of(x, below.channels());
    }

    /** ND4J 1.0.0-M2.1 rounds down and leaves padding out, whatever it is told. */
    private static boolean isPlain(Pool.Average pool) {
        boolean padded = pool.window().paddingHeight() + pool.window().paddingWidth() > 0;
        return pool.rounding() == Pool.Rounding.DOWN && !(padded && pool.border() == Pool.Border.COUNTED);
    }

    /** Where the last window reaches beyond the image, rows and columns of no pixel are added first. */
    private SDVariable greatest(SDVariable x, Shape.Image below, Pool.Max pool) {
        Window w = pool.window();
        int height = side(Spans.down(pool, below), w.strideHeight(), w.height(), w.paddingHeight());
        int width = side(Spans.right(pool, below), w.strideWidth(), w.width(), w.paddingWidth());
        if (height <= below.height() && width <= below.width()) {
            return sd.cnn().maxPooling2d(x, pool(w));
        }
        Shape.Image larger =
                new Shape.Image(below.channels(), Math.max(height, below.height()), Math.max(width, below.width()));
        double[][] border = new double[larger.height()][larger.width()];
        for (int i = 0; i < larger.height(); i++) {
            for (int j = 0; j < larger.width(); j++) {
                border[i][j] = i < below.height() && j < below.width() ? 0 : NONE;
            }
        }
        SDVariable none = sd.constant(Nd4j.createFromArray(border)
                .reshape(1, 1, larger.height(), larger.width())
                .castTo(x.dataType()));
        SDVariable padded = PixelMap.crop(below, larger, 0, 0).of(x, below.channels());
        return sd.cnn().maxPooling2d(padded.add(none), pool(w));
    }

    /** The pixels that all windows of a side need, but for the padding. */
    private static int side(Spans spans, int stride, int kernel, int padding) {
        return (spans.size() - 1) * stride + kernel - 2 * padding;
    }
}
