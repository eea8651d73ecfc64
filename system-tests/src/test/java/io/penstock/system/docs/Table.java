package io.penstock.system.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A Markdown table, row by row. <em>Loop-confined</em> to one test. */
final class Table {

    private final List<String> lines = new ArrayList<>();

    Table(String... headings) {
        add(headings);
        lines.add("|" + "---|".repeat(headings.length));
    }

    void add(String... cells) {
        lines.add(List.of(cells).stream()
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |")));
    }

    /** The table with an empty line behind it. */
    String text() {
        return String.join("\n", lines) + "\n\n";
    }

    /** A value as it is typed; a dash for none. */
    static String code(String value) {
        return value.isEmpty() ? "–" : "`" + value + "`";
    }
}
