package io.penstock.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.home.LocalToken;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class LocalTokenFilterTest {

    private static final int MOST = 64 * 1024;

    private final LocalToken token = LocalToken.random();
    private final LocalTokenFilter filter = new LocalTokenFilter(token);
    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/intercepts");
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private boolean passes() throws Exception {
        AtomicBoolean passed = new AtomicBoolean();
        filter.doFilter(request, response, (through, answer) -> passed.set(true));
        return passed.get();
    }

    @Test
    void letsNobodyInWithoutTheToken() throws Exception {
        assertThat(passes()).isFalse();
        assertThat(response.getStatus()).isEqualTo(401);
    }

    @Test
    void takesABodyThatFits() throws Exception {
        request.addHeader("Authorization", "Bearer " + token.value());
        request.setContent(new byte[MOST]);

        assertThat(passes()).isTrue();
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        request.addHeader("Authorization", "Bearer " + token.value());
        request.setContent(new byte[MOST + 1]);

        assertThat(passes()).isFalse();
        assertThat(response.getStatus()).isEqualTo(413);
        assertThat(response.getContentAsString()).contains("body: 65537 bytes (expected: at most 65536");
    }

    @Test
    void refusesABodyThatDoesNotSayHowLargeItIs() throws Exception {
        request.addHeader("Authorization", "Bearer " + token.value());
        request.addHeader("Transfer-Encoding", "chunked");

        assertThat(passes()).isFalse();
        assertThat(response.getStatus()).isEqualTo(413);
    }
}
