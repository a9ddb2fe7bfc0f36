package org.mtl4j.datasets;

import org.mtl4j.data.Csv;
import org.mtl4j.data.Origin;
import org.mtl4j.data.Split;
import org.tribuo.regression.Regressor;

/** Reads the hourly bike rentals of the package ISLP. */
final class Bikeshare {

    static final Packaged FILE = new Packaged(
            "Bikeshare",
            new Release("ISLP", "0.6.0", Archive.WHEEL),
            "ISLP/data/Bikeshare.csv",
            "ac6950ae6f11efcc69c29d6bb13e8881c001e27d36434660d59444a1414f712c");

    private static final Origin ORIGIN = Origin.titled("Bikeshare, Washington D.C. 2011, by the hour")
            .source(FILE.release() + ", " + FILE.path())
            .licence("BSD (package ISLP)")
            .note("Left out: bikers, the sum of casual and registered.");

    private Bikeshare() {}

    static Split split() {
        return split(new Cache(Cache.directory(), Pip.onThisMachine()));
    }

    static Split split(Cache cache) {
        Cache.Kept file = cache.get(FILE);
        return Csv.of(file.path())
                .target(new Column<>("casual", Regressor.class))
                .target(new Column<>("registered", Regressor.class))
                .categorical("season", "mnth", "hr", "weekday", "weathersit")
                .numeric("holiday", "workingday", "temp", "atemp", "hum", "windspeed")
                .drop("bikers")
                .group("day")
                .origin(file.note().isEmpty() ? ORIGIN : ORIGIN.note(file.note()))
                .split(0.7, 0.15, 0.15)
                .by("day");
    }
}
