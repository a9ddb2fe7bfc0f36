package org.mtl4j;

import org.mtl4j.layer.Concat;
import org.mtl4j.layer.Dense;
import org.mtl4j.layer.Dropout;
import org.mtl4j.layer.Flatten;
import org.mtl4j.layer.Gated;
import org.mtl4j.layer.GlobalPool;
import org.mtl4j.layer.LeNet;
import org.mtl4j.layer.ResNet;
import org.mtl4j.layer.Residual;
import org.mtl4j.layer.Sequential;
import org.mtl4j.layer.UNet;
import org.mtl4j.tensor.BatchNorm;
import org.mtl4j.tensor.Conv1d;
import org.mtl4j.tensor.Conv2d;
import org.mtl4j.tensor.ConvTranspose2d;
import org.mtl4j.tensor.GroupNorm;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.LayerNorm;
import org.mtl4j.tensor.Pool;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Reshape;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Upsample;

/** The words for layers and for encoders of images. {@link Mtl} brings them. */
abstract class LayerWords {

    LayerWords() {}

    /**
     * Layers one after another, as PyTorch's {@code Sequential}:
     * {@code sequential(conv2d(10, 5), relu(), maxPool(2), flatten(), dense(50), relu())}.
     */
    public static Sequential sequential(Layer... layers) {
        return Sequential.of(layers);
    }

    /** The convolutional net of Sener and Koltun (2018) for two digits in one image. */
    public static LeNet lenet() {
        return new LeNet(LeNet.DEFAULT_FILTERS, LeNet.DEFAULT_WIDTH);
    }

    /** A residual net (He et al. 2016) for small images with these filters, stage by stage: {@code resnet(16, 32, 64)}. */
    public static ResNet resnet(int... filters) {
        return ResNet.of(filters);
    }

    /** A U-shaped net (Ronneberger et al. 2015) for an answer at each pixel, level by level: {@code unet(16, 32, 64)}. */
    public static UNet unet(int... filters) {
        return UNet.of(filters);
    }

    /** y = x W + b. */
    public static Dense dense(int width) {
        return Dense.of(width);
    }

    /** A convolution over images with a square kernel. */
    public static Conv2d conv2d(int filters, int kernel) {
        return Conv2d.of(filters, kernel, kernel);
    }

    /** A convolution over images. */
    public static Conv2d conv2d(int filters, int height, int width) {
        return Conv2d.of(filters, height, width);
    }

    /** A convolution that makes images larger, with a square kernel. */
    public static ConvTranspose2d convTranspose2d(int filters, int kernel) {
        return ConvTranspose2d.of(filters, kernel, kernel);
    }

    /** A convolution that makes images larger. */
    public static ConvTranspose2d convTranspose2d(int filters, int height, int width) {
        return ConvTranspose2d.of(filters, height, width);
    }

    /** A convolution along a series. */
    public static Conv1d conv1d(int filters, int kernel) {
        return Conv1d.of(filters, kernel);
    }

    /** The greatest of each square of pixels. */
    public static Pool.Max maxPool(int window) {
        return Pool.max(window, window);
    }

    /** The greatest of each rectangle of pixels. */
    public static Pool.Max maxPool(int height, int width) {
        return Pool.max(height, width);
    }

    /** The mean of each square of pixels. */
    public static Pool.Average avgPool(int window) {
        return Pool.average(window, window);
    }

    /** The mean of each rectangle of pixels. */
    public static Pool.Average avgPool(int height, int width) {
        return Pool.average(height, width);
    }

    /** The means of size x size parts of an image. */
    public static Pool adaptiveAvgPool(int size) {
        return new Pool.AdaptiveAverage(size, size);
    }

    /** The means of height x width parts of an image. */
    public static Pool adaptiveAvgPool(int height, int width) {
        return new Pool.AdaptiveAverage(height, width);
    }

    /** The mean over all pixels of an image, or all places of a series. */
    public static GlobalPool globalAvgPool() {
        return new GlobalPool(Readout.MEAN);
    }

    /** The greatest number over all pixels of an image, or all places of a series. */
    public static GlobalPool globalMaxPool() {
        return new GlobalPool(Readout.MAX);
    }

    /** Images this many times as high and wide, pixel by pixel. */
    public static Upsample upsample(int factor) {
        return new Upsample.Nearest(new Upsample.Size.Factor(factor));
    }

    /** Images of this size, each pixel the nearest. */
    public static Upsample upsample(int height, int width) {
        return new Upsample.Nearest(new Upsample.Size.Pixels(height, width));
    }

    /** Images this many times as high and wide, between the pixels around. */
    public static Upsample bilinear(int factor) {
        return new Upsample.Bilinear(new Upsample.Size.Factor(factor));
    }

    /** Images of this size, each pixel between those around it. */
    public static Upsample bilinear(int height, int width) {
        return new Upsample.Bilinear(new Upsample.Size.Pixels(height, width));
    }

    /** Batch normalisation (Ioffe and Szegedy 2015) of features, images or series. */
    public static BatchNorm batchNorm() {
        return new BatchNorm(BatchNorm.DEFAULT_MOMENTUM, LayerNorm.DEFAULT_EPSILON);
    }

    /** Layer normalisation (Ba et al. 2016) of each row, or of each place of a series. */
    public static LayerNorm layerNorm() {
        return new LayerNorm(LayerNorm.DEFAULT_EPSILON);
    }

    /** Group normalisation (Wu and He 2018) of each image. */
    public static GroupNorm groupNorm(int groups) {
        return new GroupNorm(groups, LayerNorm.DEFAULT_EPSILON);
    }

    /** Zeros at random in training (Srivastava et al. 2014), with probability p. */
    public static Dropout dropout(double p) {
        return new Dropout(p);
    }

    /** All numbers of a row as features. */
    public static Flatten flatten() {
        return new Flatten();
    }

    /** The numbers of a row as an image. */
    public static Reshape reshape(int channels, int height, int width) {
        return new Reshape(new Shape.Image(channels, height, width));
    }

    /** The numbers of a row as a series. */
    public static Reshape reshape(int length, int width) {
        return new Reshape(new Shape.Series(length, width));
    }

    /** Layers with a connection past them: F(x) + x. */
    public static Residual residual(Layer... layers) {
        return Residual.of(sequential(layers));
    }

    /** Branches on one input, joined by their channels or features. */
    public static Concat concat(Layer... branches) {
        return Concat.of(branches);
    }

    /** Layers with a gate: F(x) sigmoid(G(x)). */
    public static Gated gated(Layer layers, Layer gate) {
        return new Gated(layers, gate);
    }
}
