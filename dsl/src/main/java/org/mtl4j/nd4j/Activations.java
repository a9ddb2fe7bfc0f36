package org.mtl4j.nd4j;

import org.mtl4j.tensor.Activation;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Our activations as SameDiff expressions of the same values and derivatives. */
final class Activations {

    private Activations() {}

    /** @param x [rows, width] */
    static SDVariable apply(Activation activation, SDVariable x) {
        SameDiff sd = x.getSameDiff();
        if (activation instanceof Activation.Identity) {
            return x;
        } else if (activation instanceof Activation.Relu) {
            return sd.nn().relu(x, 0);
        } else if (activation instanceof Activation.LeakyRelu leaky) {
            return sd.nn().leakyRelu(x, leaky.slope());
        } else if (activation instanceof Activation.Elu elu) {
            return elu(x, elu.alpha());
        } else if (activation instanceof Activation.Gelu) {
            return gelu(x);
        } else if (activation instanceof Activation.GeluTanh) {
            return geluTanh(x);
        } else if (activation instanceof Activation.Silu) {
            return sd.nn().swish(x);
        } else if (activation instanceof Activation.Tanh) {
            return sd.nn().tanh(x);
        } else if (activation instanceof Activation.Sigmoid) {
            return sd.nn().sigmoid(x);
        } else if (activation instanceof Activation.Softplus) {
            return sd.nn().softplus(x);
        } else if (activation instanceof Activation.Softmax) {
            return sd.nn().softmax(x, 1);
        }
        return sd.math().log(sd.nn().softmax(x, 1)); // its own logSoftmax with a dimension throws in 1.0.0-M2.1
    }

    /** ND4J's elu has alpha = 1; relu(x) takes the part above 0, and 0 below. */
    private static SDVariable elu(SDVariable x, double alpha) {
        SameDiff sd = x.getSameDiff();
        SDVariable positive = sd.nn().relu(x, 0);
        return positive.add(sd.nn().elu(x).sub(positive).mul(alpha));
    }

    /** x Phi(x); ND4J's own gelu is x sigmoid(1.702 x), another function. */
    private static SDVariable gelu(SDVariable x) {
        SameDiff sd = x.getSameDiff();
        return x.mul(sd.math().erf(x.div(Math.sqrt(2))).add(1).mul(0.5));
    }

    /** By the formula: ND4J's preciseGelu is 3e-4 off it. */
    private static SDVariable geluTanh(SDVariable x) {
        SameDiff sd = x.getSameDiff();
        SDVariable inner = x.add(sd.math().pow(x, 3).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
        return x.mul(sd.math().tanh(inner).add(1).mul(0.5));
    }
}
