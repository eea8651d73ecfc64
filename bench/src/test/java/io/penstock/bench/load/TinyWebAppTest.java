package io.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TinyWebAppTest {
    private final TinyWebApp app = TinyWebApp.start("ann", 0);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void saysWhoItIs() throws Exception {
        HttpResponse<String> response = client.send(request("/").build(), BodyHandlers.ofString());

        assertThat(response.body()).isEqualTo("Hello from ann\n");
        assertThat(response.headers().firstValue(TinyWebApp.NAME_HEADER)).hasValue("ann");
    }

    @Test
    void answersAnUploadWithItsHash() throws Exception {
        byte[] body = new byte[3_000_000];
        body[1_234_567] = 1;
        HttpRequest upload = request("/echo")
                .expectContinue(true)
                .POST(BodyPublishers.ofByteArray(body))
                .build();

        String hash = client.send(upload, BodyHandlers.ofString()).body();

        byte[] expected = MessageDigest.getInstance("SHA-256").digest(body);
        assertThat(hash).isEqualTo(HexFormat.of().formatHex(expected));
    }

    @Test
    void announcesTheLengthOfABodyThatIsNotAskedFor() throws Exception {
        HttpRequest head = request("/bytes/1000000")
                .method("HEAD", BodyPublishers.noBody())
                .build();

        HttpResponse<String> response = client.send(head, BodyHandlers.ofString());

        assertThat(response.headers().firstValue("content-length")).hasValue("1000000");
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        String requests = "GET /slow?ms=50 HTTP/1.1\r\nHost: a\r\n\r\n"
                + "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2000)
                + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

        String answers = exchange(requests);

        assertThat(answers).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\nHello from ann\n");
        assertThat(answers.split("HTTP/1.1 404")).hasSize(2001);
    }

    @Test
    void refusesAPortInUseInOneSentence() {
        assertThatThrownBy(() -> TinyWebApp.start("bob", app.port()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("port: " + app.port() + " (expected: a free one)");
    }

    private String exchange(String requests) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path));
    }
}
