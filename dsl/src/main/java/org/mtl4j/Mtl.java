package org.mtl4j;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.ByLabels;
import org.mtl4j.balance.Dwa;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.Fixed;
import org.mtl4j.balance.Importance;
import org.mtl4j.balance.Mgda;
import org.mtl4j.balance.Own;
import org.mtl4j.balance.PcGrad;
import org.mtl4j.balance.Uncertainty;
import org.mtl4j.data.Csv;
import org.mtl4j.layer.Concat;
import org.mtl4j.layer.Dense;
import org.mtl4j.layer.Dropout;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Flatten;
import org.mtl4j.layer.Fusion;
import org.mtl4j.layer.Gat;
import org.mtl4j.layer.Gated;
import org.mtl4j.layer.Gcn;
import org.mtl4j.layer.GlobalPool;
import org.mtl4j.layer.LeNet;
import org.mtl4j.layer.Mlp;
import org.mtl4j.layer.Mpnn;
import org.mtl4j.layer.ResNet;
import org.mtl4j.layer.Residual;
import org.mtl4j.layer.Rnn;
import org.mtl4j.layer.Sequential;
import org.mtl4j.layer.Transformer;
import org.mtl4j.layer.UNet;
import org.mtl4j.nd4j.SameDiffEncoder;
import org.mtl4j.nd4j.SameDiffLoss;
import org.mtl4j.optimise.AdaBelief;
import org.mtl4j.optimise.Adadelta;
import org.mtl4j.optimise.Adagrad;
import org.mtl4j.optimise.Adam;
import org.mtl4j.optimise.Adamax;
import org.mtl4j.optimise.CosineRestarts;
import org.mtl4j.optimise.Ema;
import org.mtl4j.optimise.Lion;
import org.mtl4j.optimise.NAdam;
import org.mtl4j.optimise.OneCycle;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Plateau;
import org.mtl4j.optimise.RAdam;
import org.mtl4j.optimise.Rate;
import org.mtl4j.optimise.RmsProp;
import org.mtl4j.optimise.Sam;
import org.mtl4j.optimise.Schedule;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.sharing.Hard;
import org.mtl4j.sharing.Single;
import org.mtl4j.sharing.Soft;
import org.mtl4j.task.Coral;
import org.mtl4j.task.Crf;
import org.mtl4j.task.Focal;
import org.mtl4j.task.Loss;
import org.mtl4j.task.MarginRanking;
import org.mtl4j.task.NamedTask;
import org.mtl4j.task.SequenceCrossEntropy;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.BatchNorm;
import org.mtl4j.tensor.Conv1d;
import org.mtl4j.tensor.Conv2d;
import org.mtl4j.tensor.ConvTranspose2d;
import org.mtl4j.tensor.GroupNorm;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.LayerNorm;
import org.mtl4j.tensor.Pool;
import org.mtl4j.tensor.Positions;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Recurrent;
import org.mtl4j.tensor.Reshape;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Upsample;
import org.nd4j.autodiff.samediff.SameDiff;
import org.tribuo.Output;
import org.tribuo.Trainer;

/**
 * The words of the DSL: one static import brings them all.
 *
 * <pre>{@code
 * import static org.mtl4j.Mtl.*;
 *
 * var casual     = task("casual").regression();
 * var registered = task("registered").regression();
 * var recipe     = hard(mlp(64, 64)).tasks(casual, registered).epochs(20).seed(7);
 * var run        = recipe.fit(data);
 * }</pre>
 */
public final class Mtl {

    private Mtl() {}

    // ---------------------------------------------------------------- tasks and losses

    /** A task of this name, which is its column's; it needs a kind next: {@code task("income").binary()}. */
    public static NamedTask task(String name) {
        return Task.named(name);
    }

    /** Softmax cross-entropy, in nats. */
    public static Loss.CrossEntropy crossEntropy() {
        return new Loss.CrossEntropy(0, List.of(), Loss.Reduction.MEAN);
    }

    /** Binary cross-entropy on the log-odds, in nats. */
    public static Loss.BinaryCrossEntropy binaryCrossEntropy() {
        return new Loss.BinaryCrossEntropy(1, Loss.Reduction.MEAN);
    }

    /** Binary cross-entropy on the log-odds of each label, the mean over the known ones, in nats. */
    public static Loss.MultiLabelCrossEntropy multiLabelCrossEntropy() {
        return new Loss.MultiLabelCrossEntropy(List.of(), Loss.Reduction.MEAN);
    }

    /**
     * Focal loss, for one of two or several classes and for labels: {@code focal(2).alpha(0.25)}.
     *
     * @param gamma how much rows that are right already are played down; 2 in the paper
     */
    public static Focal focal(double gamma) {
        return new Focal(gamma, List.of());
    }

    /** Consistent rank logits, the loss of ordered classes. */
    public static Coral coral() {
        return new Coral(List.of());
    }

    /** Margin ranking, the loss of rankings. @param margin by how much the better row's score is to lead */
    public static MarginRanking marginRanking(double margin) {
        return new MarginRanking(margin);
    }

    /** A conditional random field over the tags of a row: {@code task("ner").spans().loss(crf())}. */
    public static Crf crf() {
        return new Crf(Loss.Reduction.MEAN);
    }

    /** Cross-entropy at places, averaged by row first, so that a long row weighs as much as a short one. */
    public static SequenceCrossEntropy sequenceCrossEntropy() {
        return new SequenceCrossEntropy(0);
    }

    /** Mean squared error of the standardised target. */
    public static Loss mse() {
        return new Loss.MeanSquaredError(Loss.Reduction.MEAN);
    }

    /** Mean absolute error of the standardised target. */
    public static Loss mae() {
        return new Loss.MeanAbsoluteError(Loss.Reduction.MEAN);
    }

    /** Huber's loss; delta in standard deviations of the target. */
    public static Loss huber(double delta) {
        return new Loss.Huber(delta, Loss.Reduction.MEAN);
    }

    /** Smooth L1: Huber's loss over beta; beta in standard deviations of the target. */
    public static Loss smoothL1(double beta) {
        return new Loss.SmoothL1(beta, Loss.Reduction.MEAN);
    }

    /**
     * A loss of one's own: an ND4J SameDiff expression of predictions and targets, [rows, outputs], differentiated by
     * SameDiff. It sees labelled rows only.
     *
     * <pre>{@code
     * loss("mine", (sd, predictions, targets) -> sd.math().square(predictions.sub(targets)))
     * }</pre>
     *
     * @param name what it prints and is stored as
     */
    public static Loss.Own loss(String name, SameDiffLoss loss) {
        return loss.named(name);
    }

    // ---------------------------------------------------------------- encoders

    /** A multi-layer perceptron with these widths: dense layers with ReLU. */
    public static Mlp mlp(int... widths) {
        return Mlp.of(widths);
    }

    /** Graph convolutions of these widths (Kipf and Welling 2017), for inputs of graphs. */
    public static Gcn gcn(int... widths) {
        return Gcn.of(widths);
    }

    /** Graph attention with heads of these widths (Veličković et al. 2018): {@code gat(16, 16).heads(4)}. */
    public static Gat gat(int... widths) {
        return Gat.of(widths);
    }

    /** Message passing of these widths, with edge features where the data have them (Gilmer et al. 2017). */
    public static Mpnn mpnn(int... widths) {
        return Mpnn.of(widths);
    }

    /**
     * An encoder for data with several inputs, each with an encoder of its own: {@code fusion().input("image",
     * mlp(64)).input("text", biLstm(64)).late(128)}.
     */
    public static Fusion.Empty fusion() {
        return new Fusion.Empty();
    }

    /** A readout: the sum over nodes, words or pixels, feature by feature. */
    public static Readout sum() {
        return Readout.SUM;
    }

    /** A readout: the mean over nodes, words or pixels, feature by feature. */
    public static Readout mean() {
        return Readout.MEAN;
    }

    /** A readout: the greatest number over nodes, words or pixels, feature by feature. */
    public static Readout max() {
        return Readout.MAX;
    }

    /** A readout: the mean over nodes, words or pixels, weighed by a trained attention. */
    public static Readout attention() {
        return Readout.ATTENTION;
    }

    /** An LSTM of this width a direction, both ways over a text or a series. */
    public static Rnn biLstm(int width) {
        return Rnn.of(Recurrent.Cell.LSTM, Recurrent.Direction.BOTH, width);
    }

    /** An LSTM of this width over a text or a series, from the first place on. */
    public static Rnn lstm(int width) {
        return Rnn.of(Recurrent.Cell.LSTM, Recurrent.Direction.FORWARD, width);
    }

    /** A GRU of this width a direction, both ways over a text or a series. */
    public static Rnn biGru(int width) {
        return Rnn.of(Recurrent.Cell.GRU, Recurrent.Direction.BOTH, width);
    }

    /** A GRU of this width over a text or a series, from the first place on. */
    public static Rnn gru(int width) {
        return Rnn.of(Recurrent.Cell.GRU, Recurrent.Direction.FORWARD, width);
    }

    /** The encoder of a transformer over a text or a series: {@code transformer(64, 4, 2)}. */
    public static Transformer transformer(int width, int heads, int layers) {
        return Transformer.of(width, heads, layers);
    }

    /** Sines and cosines of many wave lengths tell a transformer's places apart. */
    public static Positions sinusoidalPositions() {
        return Positions.SINUSOIDAL;
    }

    /** A trained vector for each place tells a transformer's places apart. */
    public static Positions learnedPositions() {
        return Positions.LEARNED;
    }

    /** A transformer that takes its input as a set. */
    public static Positions noPositions() {
        return Positions.NONE;
    }

    /**
     * An encoder of one's own: an ND4J SameDiff graph from a placeholder of the features, FLOAT [-1, in], to a
     * representation, [rows, width]. Its variables are trained.
     */
    public static SameDiffEncoder sameDiff(SameDiff graph, String input, String output) {
        return SameDiffEncoder.of("", graph, input, output);
    }

    /** An encoder of one's own with a name that it prints and is stored as. */
    public static SameDiffEncoder sameDiff(String name, SameDiff graph, String input, String output) {
        return SameDiffEncoder.of(name, graph, input, output);
    }

    /** max(x, 0). */
    public static Activation relu() {
        return new Activation.Relu();
    }

    /** x for x &gt; 0, else slope x. */
    public static Activation leakyRelu(double slope) {
        return new Activation.LeakyRelu(slope);
    }

    /** x for x &gt; 0, else alpha (e^x - 1). */
    public static Activation elu(double alpha) {
        return new Activation.Elu(alpha);
    }

    /** x Phi(x). */
    public static Activation gelu() {
        return new Activation.Gelu();
    }

    /** x sigmoid(x). */
    public static Activation silu() {
        return new Activation.Silu();
    }

    /** tanh x. */
    public static Activation tanh() {
        return new Activation.Tanh();
    }

    /** 1 / (1 + e^-x). */
    public static Activation sigmoid() {
        return new Activation.Sigmoid();
    }

    /** log(1 + e^x). */
    public static Activation softplus() {
        return new Activation.Softplus();
    }

    /** Normal weights of variance 2 / fan-in (He et al. 2015). */
    public static Initialiser heNormal() {
        return new Initialiser.HeNormal();
    }

    /** Uniform weights of variance 2 / fan-in (He et al. 2015). */
    public static Initialiser heUniform() {
        return new Initialiser.HeUniform();
    }

    /** Normal weights of variance 2 / (fan-in + fan-out) (Glorot and Bengio 2010). */
    public static Initialiser glorotNormal() {
        return new Initialiser.GlorotNormal();
    }

    /** Uniform weights of variance 2 / (fan-in + fan-out) (Glorot and Bengio 2010). */
    public static Initialiser glorotUniform() {
        return new Initialiser.GlorotUniform();
    }

    // ---------------------------------------------------------------- layers and images

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

    // ---------------------------------------------------------------- sharing

    /** Hard sharing: one encoder for all tasks, a head for each. L = sum_i w_i L_i. */
    public static Architecture hard(Encoder encoder) {
        return new Architecture.Plain(new Hard(encoder));
    }

    /** Soft sharing: a net for each task, tied by the squared L2 distance of corresponding layers. */
    public static SoftArchitecture soft(Encoder encoder) {
        return new SoftArchitecture(new Soft(encoder, Soft.Penalty.DISTANCE, Soft.DEFAULT_LAMBDA, List.of()));
    }

    /** No sharing: a net for each task, the baseline. */
    public static Architecture single(Encoder encoder) {
        return new Architecture.Plain(new Single(encoder));
    }

    // ---------------------------------------------------------------- balancing

    /** Every task weighs 1. */
    public static Balancer equal() {
        return new Equal();
    }

    /** Given weights: {@code fixed().with(casual, 1).with(registered, 0.5)}; every task needs one. */
    public static Fixed fixed() {
        return new Fixed(Map.of());
    }

    /** Given weights by task: {@code fixed(casual, 1).with(registered, 0.5)}. */
    public static Fixed fixed(Task<?> task, double weight) {
        return new Fixed(Map.of(task.name(), weight));
    }

    /** Given weights by task name. */
    public static Fixed fixed(Map<String, Double> weights) {
        return new Fixed(weights);
    }

    /** Weights by stated importance: {@code importance().with(casual, 3).with(registered, 1)}; every task needs a share. */
    public static Importance importance() {
        return new Importance(Map.of());
    }

    /** Weights by stated importance: {@code importance(casual, 3).with(registered, 1)} weighs them 1.5 and 0.5. */
    public static Importance importance(Task<?> task, double share) {
        return importance().with(task, share);
    }

    /** Weights by number of training labels; {@code .power(-1)} for the inverse. */
    public static ByLabels byLabels() {
        return new ByLabels(ByLabels.DEFAULT_POWER);
    }

    /** Homoscedastic uncertainty (Kendall et al. 2018): weights from trained log variances. */
    public static Uncertainty uncertainty() {
        return new Uncertainty(Uncertainty.DEFAULT_INITIAL);
    }

    /** Dynamic weight average (Liu et al. 2019): weights from how fast losses fall. */
    public static Dwa dwa() {
        return Dwa.asPublished();
    }

    /** Multiple-gradient descent (Désidéri 2012, Sener and Koltun 2018): the shortest common descent direction. */
    public static Mgda mgda() {
        return Mgda.asPublished();
    }

    /** Projecting conflicting gradients (Yu et al. 2020). */
    public static PcGrad pcgrad() {
        return PcGrad.asPublished();
    }

    /** A balancer of one's own: {@code balancer("mine", step -> new double[] {1, step.loss(0)})}. */
    public static Own balancer(String name, Own.Formula formula) {
        return Own.of(name, formula);
    }

    // ---------------------------------------------------------------- optimisers and schedules

    /** Stochastic gradient descent; {@code .momentum(0.9)} or {@code .nesterov(0.9)} add momentum. */
    public static Sgd sgd(double rate) {
        return Sgd.of(rate);
    }

    /** Adam (Kingma and Ba 2015). */
    public static Adam adam(double rate) {
        return Adam.of(rate);
    }

    /** AdamW (Loshchilov and Hutter 2019), weight decay 0.01. */
    public static Adam adamW(double rate) {
        return Adam.decoupled(rate);
    }

    /** Adagrad (Duchi et al. 2011). */
    public static Adagrad adagrad(double rate) {
        return Adagrad.of(rate);
    }

    /** Adadelta (Zeiler 2012); the paper's rate is 1. */
    public static Adadelta adadelta(double rate) {
        return Adadelta.of(rate);
    }

    /** RMSprop (Tieleman and Hinton 2012); {@code .centered()} and {@code .momentum(0.9)}. */
    public static RmsProp rmsprop(double rate) {
        return RmsProp.of(rate);
    }

    /** Adamax (Kingma and Ba 2015). */
    public static Adamax adamax(double rate) {
        return Adamax.of(rate);
    }

    /** NAdam (Dozat 2016): Adam with Nesterov's momentum. */
    public static NAdam nadam(double rate) {
        return NAdam.of(rate);
    }

    /** RAdam (Liu et al. 2020): Adam with a rectified start. */
    public static RAdam radam(double rate) {
        return RAdam.of(rate);
    }

    /** AdaBelief (Zhuang et al. 2020). */
    public static AdaBelief adaBelief(double rate) {
        return AdaBelief.of(rate);
    }

    /** Lion (Chen et al. 2023): steps by the sign of the momentum. */
    public static Lion lion(double rate) {
        return Lion.of(rate);
    }

    /** Sharpness-aware minimisation (Foret et al. 2021) around another optimiser, rho 0.05. */
    public static Sam sam(Optimiser base) {
        return sam(base, Sam.DEFAULT_RHO);
    }

    /** Sharpness-aware minimisation (Foret et al. 2021) around another optimiser: {@code sam(adam(1e-3), 0.1)}. */
    public static Sam sam(Optimiser base, double rho) {
        return new Sam(base, rho);
    }

    /** A rate for a group of parameters: {@code adam(1e-3).group("head", rate(1e-2).weightDecay(0))}. */
    public static Rate rate(double rate) {
        return Rate.of(rate);
    }

    /** An average of the parameters: {@code adam(1e-3).ema(ema(0.999).warmup())}. */
    public static Ema ema(double decay) {
        return Ema.of(decay);
    }

    /** The rate times a factor every so many steps. */
    public static Schedule stepDecay(int every, double factor) {
        return new Schedule.Step(every, factor);
    }

    /** The rate down a half cosine to 0 over the whole training. */
    public static Schedule cosine() {
        return new Schedule.Cosine(0, 0);
    }

    /** The rate down a half cosine to a floor over so many steps. */
    public static Schedule cosine(int steps, double floor) {
        return new Schedule.Cosine(steps, floor);
    }

    /** The rate times a factor at each of these steps: {@code multiStepDecay(0.1, 500, 800)}. */
    public static Schedule multiStepDecay(double factor, int... steps) {
        return new Schedule.MultiStep(factor, Arrays.stream(steps).boxed().toList());
    }

    /** The rate times a factor every step. */
    public static Schedule exponentialDecay(double factor) {
        return new Schedule.Exponential(factor);
    }

    /** The rate down to 0 over the whole training, in a line for power 1. */
    public static Schedule polynomialDecay(double power) {
        return new Schedule.Polynomial(power, Schedule.WHOLE);
    }

    /** The rate down to 0 over so many steps, in a line for power 1. */
    public static Schedule polynomialDecay(double power, int steps) {
        return new Schedule.Polynomial(power, steps);
    }

    /** The rate up to its base over so many steps, then down with the inverse square root of the step. */
    public static Schedule inverseSqrt(int warmup) {
        return new Schedule.InverseSqrt(warmup);
    }

    /** The rate down a half cosine again and again: {@code cosineRestarts(1000).growth(2)}. */
    public static CosineRestarts cosineRestarts(int steps) {
        return CosineRestarts.of(steps);
    }

    /** The rate up to its base and far down in one cycle over the whole training. */
    public static OneCycle oneCycle() {
        return OneCycle.whole();
    }

    /** The rate down whenever validation stands still: {@code plateau().factor(0.5).patience(3)}. */
    public static Plateau plateau() {
        return Plateau.usual();
    }

    // ---------------------------------------------------------------- data and studies

    /** The user's own data: a CSV file with a header. */
    public static Csv csv(String file) {
        return Csv.of(Path.of(file));
    }

    /** Joint against single-task training of a recipe: who gains, who is harmed, with intervals. */
    public static TransferStudy transfer(Recipe recipe) {
        return TransferStudy.of(recipe);
    }

    /** What each combination of tasks, sharing and balancing does to each task: all of it in one table. */
    public static Ablation ablate(Recipe recipe) {
        return Ablation.of(recipe);
    }

    /** A control: one task, trained by any Tribuo trainer on the same rows, and judged by the same code. */
    public static <T extends Output<T>> Baseline<T> baseline(Task<T> task, Trainer<T> trainer) {
        return new Baseline<>(task, trainer);
    }

    /**
     * The first number in a quick run of a notebook ({@code ./lab run --quick}), else the second.
     *
     * <p>For the one place in a notebook that says how much is computed: {@code transfer(recipe).seeds(quick(2, 8))}.
     */
    public static int quick(int quickly, int fully) {
        return System.getenv(QUICK) != null ? quickly : fully;
    }

    /** The environment variable that marks a quick run. */
    public static final String QUICK = "MTL4J_QUICK";
}
