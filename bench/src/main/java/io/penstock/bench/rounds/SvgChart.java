package io.penstock.bench.rounds;

import java.util.List;
import java.util.Locale;

/** A run as bars: each peer's CPU and speed on each load, as ratio to two HAProxy hops. Immutable. */
final class SvgChart {
    private static final int WIDTH = 960;
    private static final int LABELS = 230;
    private static final int PANEL = (WIDTH - LABELS) / 2;
    private static final int BAR = 11;
    private static final int TOP = 70;
    private static final double SCALE_MAX = 2.5;
    private static final List<String> COLOURS =
            List.of("#9aa5b1", "#d9a441", "#2f6fb3", "#5fa8d3", "#7a5195", "#444444");

    private final Measurements measured;
    private final List<String> peers;
    private final StringBuilder out = new StringBuilder();
    private int y = TOP;

    private SvgChart(Measurements measured) {
        this.measured = measured;
        // The two hops are the line at 1; nginx alone has no processes between.
        this.peers = measured.peers().stream()
                .filter(peer -> !peer.equals(Goals.TWO_HOPS)
                        && !measured.processes(peer).isEmpty())
                .toList();
    }

    static String render(Measurements measured) {
        SvgChart chart = new SvgChart(measured);
        measured.loads().forEach(chart::drawLoad);
        return chart.frame();
    }

    private String frame() {
        int height = y + 30;
        StringBuilder page = new StringBuilder();
        page.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"11\">\n<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n",
                WIDTH,
                height,
                WIDTH,
                height));
        for (int i = 0; i < peers.size(); i++) {
            int x = 10 + i * 150;
            page.append(bar(x, 10, 12, colour(i))).append(text(x + 18, 20, "start", peers.get(i)));
        }
        page.append(text(LABELS, 50, "start", "CPU per request, two HAProxy hops = 1 (less is better)"));
        page.append(text(LABELS + PANEL, 50, "start", "requests/s or MB/s, two HAProxy hops = 1 (more is better)"));
        page.append(out).append(line(LABELS + xOf(1))).append(line(LABELS + PANEL + xOf(1)));
        return page.append("</svg>\n").toString();
    }

    private void drawLoad(String load) {
        Metric speed = load.startsWith("download") ? Metric.THROUGHPUT : Metric.RATE;
        out.append(text(LABELS - 8, y + BAR * peers.size() / 2 + 4, "end", load));
        for (int i = 0; i < peers.size(); i++) {
            drawBar(LABELS, ratio(peers.get(i), load, Metric.CPU), i);
            drawBar(LABELS + PANEL, ratio(peers.get(i), load, speed), i);
            y += BAR;
        }
        y += 9;
    }

    private void drawBar(int left, double ratio, int peer) {
        if (Double.isFinite(ratio)) {
            int width = xOf(Math.min(ratio, SCALE_MAX));
            out.append(bar(left, y, width, colour(peer)));
            out.append(text(left + width + 3, y + BAR - 2, "start", String.format(Locale.ROOT, "%.2f", ratio)));
        } else {
            out.append(text(left + 3, y + BAR - 2, "start", "all failed"));
        }
    }

    private double ratio(String peer, String load, Metric metric) {
        return measured.median(peer, load, metric) / measured.median(Goals.TWO_HOPS, load, metric);
    }

    private static int xOf(double ratio) {
        return (int) Math.round(ratio / SCALE_MAX * (PANEL - 50));
    }

    private static String colour(int index) {
        return COLOURS.get(index % COLOURS.size());
    }

    private static String bar(int x, int y, int width, String colour) {
        return String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n",
                x,
                y,
                width,
                BAR - 1,
                colour);
    }

    private String line(int x) {
        return String.format(
                Locale.ROOT, "<path d=\"M%d %d V%d\" stroke=\"#222222\" stroke-dasharray=\"3 2\"/>\n", x, TOP - 8, y);
    }

    private static String text(int x, int y, String anchor, String words) {
        return String.format(
                Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, words);
    }
}
