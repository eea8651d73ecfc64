package io.penstock.tunnel.frame;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Bytes of Jazzer's choice. A normal build runs the inputs beside this class in the test resources. This looks for new ones:
 * {@code JAZZER_FUZZ=1 mvn test -pl tunnel-testkit -am -Dtest=FrameDecoderFuzzTest#decodes -Djazzer.instrument=io.penstock.**
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
final class FrameDecoderFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void decodes(byte[] bytes) {
        AnyBytes.areDecodedAlikeHoweverCut(bytes, 1);
        AnyBytes.areDecodedAlikeHoweverCut(bytes, 7);
    }

    @FuzzTest(maxDuration = "5m")
    void disturbs(byte[] bytes) {
        AnyBytes.doNoHarmToALink(bytes, 64);
    }
}
