package io.penstock.bench.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.bench.rounds.LoadResult.Latency;
import org.junit.jupiter.api.Test;

final class GeneratorOutputTest {
    @Test
    void readsWhatAbPrints() {
        String output = """
                Time taken for tests:   2.500 seconds
                Complete requests:      3000
                Failed requests:        7
                   (Connect: 0, Receive: 3, Length: 4, Exceptions: 0)
                Non-2xx responses:      2
                Requests per second:    1200.00 [#/sec] (mean)
                """;

        LoadResult result = AbOutput.parse(output, "Percentage served,Time in ms\n0,0.5\n50,1.25\n99,7.5\n100,9\n");

        assertThat(result).isEqualTo(new LoadResult(3000, 9, 2.5, new Latency(1.25, 7.5, 9), 0));
    }

    @Test
    void readsWhatWrkPrints() {
        String output = """
                  Latency Distribution
                     50%  750.00us
                     75%    1.50ms
                     99%    1.20s
                  20734 requests in 1.02s, 15.00MB read
                Requests/sec:  20327.45
                """;

        LoadResult result = WrkOutput.parse(output);

        assertThat(result.requests()).isEqualTo(20_734);
        assertThat(result.failed()).isZero();
        assertThat(result.seconds()).isCloseTo(1.02, within(1e-9));
        assertThat(result.latency()).isEqualTo(new Latency(0.75, 1200, 0));
    }

    @Test
    void countsEveryTroubleOfWrkAsAFailedRequest() {
        String output = """
                  100 requests in 1.00m, 1.00MB read
                  Socket errors: connect 1, read 2, write 3, timeout 4
                  Non-2xx or 3xx responses: 5
                """;

        LoadResult result = WrkOutput.parse(output);

        assertThat(result.failed()).isEqualTo(15);
        assertThat(result.succeeded()).isEqualTo(100);
        assertThat(result.seconds()).isEqualTo(60);
    }

    @Test
    void takesNoTotalForNothingCameBack() {
        assertThat(WrkOutput.parse("unable to connect").succeeded()).isZero();
    }
}
