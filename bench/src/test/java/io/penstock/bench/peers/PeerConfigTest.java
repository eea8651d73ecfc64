package io.penstock.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class PeerConfigTest {
    @Test
    void nginxListensOnLoopbackOnlyWithALongQueue() {
        assertThat(Nginx.config("ann", 4711))
                .startsWith("daemon off;")
                .contains("listen 127.0.0.1:4711 backlog=4096;")
                .doesNotContain("reuseport");
    }

    @Test
    void nginxNamesItsUserOnlyAsRoot() {
        assertThat(Nginx.config("root", 4711)).startsWith("user root;\n");
    }

    @Test
    void haproxyForwardsToTheNextHop() {
        assertThat(Haproxy.config(4711, 4712))
                .contains("mode tcp")
                .contains("bind 127.0.0.1:4711 backlog 4096")
                .contains("server next 127.0.0.1:4712");
    }

    @Test
    void sshdTakesOnlyTheKeyMadeForIt() {
        assertThat(SshReverse.serverConfig(Path.of("/scratch"), 4711))
                .contains("Port 4711\nListenAddress 127.0.0.1\nHostKey /scratch/host_key\n")
                .contains("AuthorizedKeysFile /scratch/authorized_keys")
                .contains("PasswordAuthentication no");
    }

    @Test
    void namesThePackageOfAMissingProgram() {
        assertThat(Program.AB.whenMissing())
                .isEqualTo("ab: not found (expected: on the PATH; on Debian: apt-get install apache2-utils)");
    }
}
