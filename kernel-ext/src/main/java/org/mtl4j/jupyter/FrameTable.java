package org.mtl4j.jupyter;

import org.dflib.DataFrame;
import org.mtl4j.show.Table;

/** A DFLib data frame in the look of all other tables; DFLib's own text would stand in a cell as plain monospace. */
final class FrameTable {

    /** Rows that are shown of a long frame. */
    static final int ROWS = 60;

    private FrameTable() {}

    static Table of(DataFrame frame) {
        Table table = Table.titled("").columns(frame.getColumnsIndex().toArray());
        int shown = Math.min(ROWS, frame.height());
        for (int r = 0; r < shown; r++) {
            Object[] cells = new Object[frame.width()];
            for (int c = 0; c < cells.length; c++) {
                cells[c] = frame.getColumn(c).get(r);
            }
            table = table.row(cells);
        }
        return shown == frame.height()
                ? table.note("%d rows x %d columns".formatted(shown, frame.width()))
                : table.note("The first %d of %d rows x %d columns; .rows(..), .sort(..) and .cols(..) choose others."
                        .formatted(shown, frame.height(), frame.width()));
    }
}
