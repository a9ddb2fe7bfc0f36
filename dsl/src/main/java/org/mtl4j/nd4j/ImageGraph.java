package org.mtl4j.nd4j;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.BatchNorm;
import org.mtl4j.tensor.Bias;
import org.mtl4j.tensor.Conv2d;
import org.mtl4j.tensor.ConvTranspose2d;
import org.mtl4j.tensor.GroupNorm;
import org.mtl4j.tensor.Join;
import org.mtl4j.tensor.LayerNorm;
import org.mtl4j.tensor.LayerSpec;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Pool;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Reshape;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Sum;
import org.mtl4j.tensor.Upsample;
import org.mtl4j.tensor.Window;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/**
 * Layers for images as SameDiff expressions of the same values and derivatives, as in evaluation. Images are [rows, channels,
 * height, width].
 */
final class ImageGraph {

    private final Node node;
    private final List<SDVariable> inputs;
    private final Function<String, SDVariable> variable;
    private final SameDiff sd;

    private ImageGraph(Node node, List<SDVariable> inputs, Function<String, SDVariable> variable) {
        this.node = node;
        this.inputs = inputs;
        this.variable = variable;
        this.sd = inputs.get(0).getSameDiff();
    }

    /**
     * The value of a node on an image or vector; empty where SameDiff has none.
     *
     * @param variable makes the variable of a parameter or running statistic, [rows, columns], by its name
     */
    static Optional<SDVariable> of(
            Node node, LayerSpec spec, List<SDVariable> inputs, Function<String, SDVariable> variable) {
        boolean known = node.inputs().stream()
                .map(Node::shape)
                .allMatch(shape -> shape instanceof Shape.Image || shape instanceof Shape.Vector);
        return known ? new ImageGraph(node, inputs, variable).value(spec) : Optional.empty();
    }

    private Optional<SDVariable> value(LayerSpec spec) {
        SDVariable x = inputs.get(0);
        if (spec instanceof Conv2d conv) {
            return conv.groups() == 1 ? Optional.of(conv(x, conv)) : Optional.empty();
        } else if (spec instanceof ConvTranspose2d conv) {
            return transposed(x, conv);
        } else if (spec instanceof Pool pool) {
            return pool(x, pool);
        } else if (spec instanceof Upsample.Nearest nearest && nearest.size() instanceof Upsample.Size.Factor by) {
            return Optional.of(sd.cnn().upsampling2d(x, by.factor(), by.factor(), true));
        } else if (spec instanceof BatchNorm norm) {
            return Optional.of(batchNorm(x, norm));
        } else if (spec instanceof GroupNorm norm) {
            return Optional.of(groupNorm(x, norm));
        } else if (spec instanceof LayerNorm norm) {
            int all = node.width();
            SDVariable flat = x.reshape(-1, all);
            SDVariable y =
                    standardised(flat, 1, norm.epsilon()).mul(part("weight")).add(part("bias"));
            return Optional.of(shaped(y, node.shape()));
        } else if (spec instanceof Activation activation) {
            return Optional.of(Activations.apply(activation, x));
        } else if (spec instanceof Reshape reshape && !(reshape.shape() instanceof Shape.Series)) {
            return Optional.of(shaped(x, reshape.shape()));
        } else if (spec instanceof Readout readout) {
            return readout(x, readout);
        }
        return joined(spec);
    }

    private Optional<SDVariable> joined(LayerSpec spec) {
        if (spec == Join.CONCATENATE) {
            return Optional.of(sd.concat(1, inputs.toArray(new SDVariable[0])));
        } else if (spec == Join.MULTIPLY) {
            return inputs.stream().reduce(SDVariable::mul);
        }
        return spec instanceof Sum ? inputs.stream().reduce(SDVariable::add) : Optional.empty();
    }

    private SDVariable part(String name) {
        return variable.apply(node.name() + "." + name);
    }

    /** One number a channel, so that it meets images or vectors. */
    private SDVariable perChannel(SDVariable numbers) {
        int channels = node.inputs().get(0).features();
        return node.shape() instanceof Shape.Image ? numbers.reshape(1, channels, 1, 1) : numbers;
    }

    /** A running statistic: no gradient moves it. */
    private SDVariable kept(String name) {
        SDVariable numbers = part(name);
        numbers.convertToConstant();
        return perChannel(numbers);
    }

    static SDVariable shaped(SDVariable x, Shape shape) {
        return shape instanceof Shape.Image image
                ? x.reshape(-1, image.channels(), image.height(), image.width())
                : x.reshape(-1, shape.size());
    }

    private SDVariable conv(SDVariable x, Conv2d conv) {
        Window w = conv.window();
        Conv2DConfig config = Conv2DConfig.builder()
                .kH(w.height())
                .kW(w.width())
                .sH(w.strideHeight())
                .sW(w.strideWidth())
                .pH(w.paddingHeight())
                .pW(w.paddingWidth())
                .dH(w.dilationHeight())
                .dW(w.dilationWidth())
                .paddingMode(PaddingMode.VALID)
                .dataFormat("NCHW")
                .build();
        int channels = node.inputs().get(0).features();
        // turned, since the derivative of its conv2d takes no other order of weights in 1.0.0-M2.1
        SDVariable weights = part("weight")
                .reshape(conv.filters(), channels, w.height(), w.width())
                .permute(2, 3, 1, 0);
        SDVariable y = conv.bias() == Bias.NONE
                ? sd.cnn().conv2d(x, weights, config)
                : sd.cnn().conv2d(x, weights, part("bias").reshape(conv.filters()), config);
        return Activations.apply(conv.activation(), y);
    }

    private Optional<SDVariable> transposed(SDVariable x, ConvTranspose2d conv) {
        Window w = conv.window();
        if (conv.groups() > 1 || conv.extraHeight() > 0 || conv.extraWidth() > 0) {
            return Optional.empty();
        }
        DeConv2DConfig config = DeConv2DConfig.builder()
                .kH(w.height())
                .kW(w.width())
                .sH(w.strideHeight())
                .sW(w.strideWidth())
                .pH(w.paddingHeight())
                .pW(w.paddingWidth())
                .dH(w.dilationHeight())
                .dW(w.dilationWidth())
                .isSameMode(false)
                .dataFormat("NCHW")
                .build();
        int channels = node.inputs().get(0).features();
        SDVariable weights = part("weight")
                .reshape(channels, conv.filters(), w.height(), w.width())
                .permute(2, 3, 1, 0);
        SDVariable y = conv.bias() == Bias.NONE
                ? sd.cnn().deconv2d(x, weights, config)
                : sd.cnn().deconv2d(x, weights, part("bias").reshape(conv.filters()), config);
        return Optional.of(Activations.apply(conv.activation(), y));
    }

    private Optional<SDVariable> pool(SDVariable x, Pool pool) {
        if (pool instanceof Pool.Max max && max.rounding() == Pool.Rounding.DOWN) {
            return Optional.of(sd.cnn().maxPooling2d(x, config(max.window())));
        } else if (pool instanceof Pool.Average average && average.rounding() == Pool.Rounding.DOWN) {
            boolean padded = average.window().paddingHeight() + average.window().paddingWidth() > 0;
            return padded
                            && average.border()
                                    == Pool.Border.COUNTED // 1.0.0-M2.1 leaves padding out whatever it is told
                    ? Optional.empty()
                    : Optional.of(sd.cnn().avgPooling2d(x, config(average.window())));
        }
        return Optional.empty();
    }

    private static Pooling2DConfig config(Window w) {
        return Pooling2DConfig.builder()
                .kH(w.height())
                .kW(w.width())
                .sH(w.strideHeight())
                .sW(w.strideWidth())
                .pH(w.paddingHeight())
                .pW(w.paddingWidth())
                .dH(1)
                .dW(1)
                .divisor(Pooling2D.Divisor.EXCLUDE_PADDING)
                .paddingMode(PaddingMode.VALID)
                .build();
    }

    private SDVariable batchNorm(SDVariable x, BatchNorm norm) {
        SDVariable deviation = sd.math().sqrt(kept("running_var").add(norm.epsilon()));
        SDVariable normal = x.sub(kept("running_mean")).div(deviation);
        return normal.mul(perChannel(part("weight"))).add(perChannel(part("bias")));
    }

    private SDVariable groupNorm(SDVariable x, GroupNorm norm) {
        int together = node.width() / norm.groups();
        SDVariable normal = standardised(x.reshape(-1, norm.groups(), together), 2, norm.epsilon());
        return shaped(normal, node.shape()).mul(perChannel(part("weight"))).add(perChannel(part("bias")));
    }

    private SDVariable standardised(SDVariable x, int dimension, double epsilon) {
        SDVariable centred = x.sub(x.mean(true, dimension));
        SDVariable variance = sd.math().square(centred).mean(true, dimension);
        return centred.div(sd.math().sqrt(variance.add(epsilon)));
    }

    private Optional<SDVariable> readout(SDVariable x, Readout readout) {
        if (!(node.inputs().get(0).shape() instanceof Shape.Image)) {
            return Optional.empty();
        }
        return switch (readout) {
            case SUM -> Optional.of(x.sum(2, 3));
            case MEAN -> Optional.of(x.mean(2, 3));
            case MAX -> Optional.of(x.max(2, 3));
            default -> Optional.empty();
        };
    }
}
