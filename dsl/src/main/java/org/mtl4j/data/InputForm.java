package org.mtl4j.data;

import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.tensor.Shape;

/**
 * What an input is, its rows aside.
 *
 * @param name its name
 * @param shape of a row
 * @param features names: of columns, of channels, of the features at each place, or of the words of a vocabulary
 */
public record InputForm(String name, Shape shape, List<String> features) {

    public InputForm {
        features = List.copyOf(features);
    }

    /** The form of one input of the data. */
    public static InputForm of(MultiTaskData data, String name) {
        Input input = data.input(name);
        return new InputForm(name, input.shape(), input.features());
    }

    /** The forms of all inputs of the data, in order. */
    public static List<InputForm> of(MultiTaskData data) {
        return data.inputs().stream().map(name -> of(data, name)).toList();
    }

    /** A name for each number of a row: the features themselves, or {@code image[0]}, {@code image[1]}, ... */
    public List<String> columns() {
        return shape instanceof Shape.Vector
                ? features
                : IntStream.range(0, shape.inputSize())
                        .mapToObj(c -> name + "[" + c + "]")
                        .toList();
    }

    /** The names of all numbers of a row, no two alike: where there are several inputs, a feature is {@code input/feature}. */
    public static List<String> columns(List<InputForm> inputs) {
        return inputs.stream()
                .flatMap(input -> input.columns().stream()
                        .map(column -> inputs.size() > 1 && input.shape() instanceof Shape.Vector
                                ? input.name() + "/" + column
                                : column))
                .toList();
    }
}
