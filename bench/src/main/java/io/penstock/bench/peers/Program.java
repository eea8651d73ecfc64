package io.penstock.bench.peers;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The foreign programs that are measured or measure, with the Debian package that has them. Immutable. */
public enum Program {
    NGINX("nginx", "nginx"),
    HAPROXY("haproxy", "haproxy"),
    AB("ab", "apache2-utils"),
    WRK("wrk", "wrk"),
    NC("nc", "netcat-openbsd"),
    SSHD("sshd", "openssh-server"),
    SSH("ssh", "openssh-client"),
    SSH_KEYGEN("ssh-keygen", "openssh-client");

    private static final List<String> ALSO = List.of("/usr/sbin", "/usr/local/sbin", "/sbin");

    private final String command;
    private final String debianPackage;

    Program(String command, String debianPackage) {
        this.command = command;
        this.debianPackage = debianPackage;
    }

    /** Finds the program on the PATH, or where Debian keeps those that only root has on its PATH. */
    public Optional<Path> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":")), ALSO.stream())
                .map(directory -> Path.of(directory, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public String path() throws FileNotFoundException {
        return find().orElseThrow(() -> new FileNotFoundException(whenMissing()))
                .toString();
    }

    /** Returns the one line that says what to install. */
    public String whenMissing() {
        return command + ": not found (expected: on the PATH; on Debian: apt-get install " + debianPackage + ")";
    }
}
