package org.mtl4j.data;

/** Data in three parts. */
public final class Split {

    private final MultiTaskData train;
    private final MultiTaskData validation;
    private final MultiTaskData test;

    private Split(MultiTaskData train, MultiTaskData validation, MultiTaskData test) {
        this.train = train;
        this.validation = validation;
        this.test = test;
    }

    /** Three given parts. */
    public static Split of(MultiTaskData train, MultiTaskData validation, MultiTaskData test) {
        return new Split(train, validation, test);
    }

    /** The part that parameters and standardisation are fitted on. */
    public MultiTaskData train() {
        return train;
    }

    /** The part that chooses epochs and rates. */
    public MultiTaskData validation() {
        return validation;
    }

    /** The part that is reported. */
    public MultiTaskData test() {
        return test;
    }
}
