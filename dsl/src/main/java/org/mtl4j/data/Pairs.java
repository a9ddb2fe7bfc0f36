package org.mtl4j.data;

import java.util.BitSet;

/** Of each row, whether two of its inputs are a pair, or nothing is said. {@link PairTargets} makes them. Immutable. */
public final class Pairs implements TargetColumn {

    private final String name;
    private final int rows;
    private final BitSet paired;

    private Pairs(String name, int rows, BitSet paired) {
        this.name = name;
        this.rows = rows;
        this.paired = paired;
    }

    /** Engine API. A column of pairs. @param paired the rows that are one; kept, not copied */
    static Pairs of(String name, int rows, BitSet paired) {
        return new Pairs(name, rows, paired);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public boolean isLabelled(int row) {
        return paired.get(row);
    }

    /** 1: a row is a pair, or has no label. */
    @Override
    public float get(int row, int column) {
        return 1;
    }

    @Override
    public int labelled() {
        return paired.cardinality();
    }

    @Override
    public Pairs select(int[] chosen) {
        BitSet selected = new BitSet();
        for (int r = 0; r < chosen.length; r++) {
            selected.set(r, paired.get(chosen[r]));
        }
        return new Pairs(name, chosen.length, selected);
    }

    @Override
    public Pairs keep(BitSet kept) {
        BitSet both = (BitSet) paired.clone();
        both.and(kept);
        return new Pairs(name, rows, both);
    }

    /** These rows, then those of another column. */
    Pairs followedBy(Pairs other) {
        BitSet all = (BitSet) paired.clone();
        other.paired.stream().forEach(row -> all.set(rows + row));
        return new Pairs(name, rows + other.rows, all);
    }
}
