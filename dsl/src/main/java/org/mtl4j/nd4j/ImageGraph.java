package org.mtl4j.nd4j;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.BatchNorm;
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
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

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
        if (node.inputs().get(0).shape() instanceof Shape.Image below && node.shape() instanceof Shape.Image above) {
            SDVariable moved = windowed(x, below, above, spec);
            if (moved != null) {
                return Optional.of(moved);
            }
        }
        if (spec instanceof BatchNorm norm) {
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

    /** What moves pixels; null where it is another layer. */
    private @Nullable SDVariable windowed(SDVariable x, Shape.Image below, Shape.Image above, LayerSpec spec) {
        WindowGraph windows = new WindowGraph(sd, this::part);
        if (spec instanceof Conv2d conv) {
            return windows.conv(x, below.channels(), conv);
        } else if (spec instanceof ConvTranspose2d conv) {
            return windows.transposed(x, below, above, conv);
        } else if (spec instanceof Pool pool) {
            return windows.pool(x, below, pool);
        } else if (spec instanceof Upsample.Bilinear) {
            return PixelMap.bilinear(below, above).of(x, below.channels());
        } else if (spec instanceof Upsample.Nearest nearest) {
            return nearest.size() instanceof Upsample.Size.Factor by
                    ? sd.cnn().upsampling2d(x, by.factor(), by.factor(), true)
                    : PixelMap.nearest(below, above).of(x, below.channels());
        }
        return null;
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
