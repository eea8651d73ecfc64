package io.penstock.tunnel.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class LinkIdTest {
    @Test
    void survivesItsBytes() {
        LinkId id = LinkId.random(new SecureRandom());

        assertThat(LinkId.of(id.toBytes())).isEqualTo(id);
        assertThat(id.toString()).hasSize(32);
    }

    @Test
    void writesEveryDigit() {
        assertThat(new LinkId(1, 0xfL)).hasToString("0000000000000001000000000000000f");
    }

    @Test
    void refusesAnotherLength() {
        assertThatThrownBy(() -> LinkId.of(new byte[15])).hasMessage("link id: 15 bytes (expected: 16)");
    }

    @Test
    void findsEachSideByItsNumber() {
        for (LinkSide side : LinkSide.values()) {
            assertThat(LinkSide.ofWire(side.wire())).contains(side);
            assertThat(side.opposite().opposite()).isEqualTo(side);
        }
        assertThat(LinkSide.ofWire(0)).isEmpty();
        assertThat(LinkSide.ofWire(3)).isEmpty();
    }
}
