package org.mtl4j.balance;

import java.util.List;

class Go4AlignSpectralTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return Go4Align.asPublished().spectral();
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // a factor on the losses is one on the rate
    }

    @Override
    String printed() {
        return "go4align().spectral()";
    }
}
