package io.github.cameldaraja.simulator.pages;

import java.util.Locale;

/**
 * The frame that all pages share, and escaping.
 */
final class Html {

    private Html() {
    }

    /** Text that is safe in elements and in quoted attributes. */
    static String escape(Object value) {
        StringBuilder safe = new StringBuilder();
        for (char c : String.valueOf(value).toCharArray()) {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    /** Shillings with thousands separated. */
    static String money(long shillings) {
        return String.format(Locale.ROOT, "%,d", shillings);
    }

    /** A whole page; the content must be escaped already. */
    static String page(String title, String path, String content) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="UTF-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s – Daraja simulator</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="/simulator/page.css">
                <script src="/simulator/page.js" defer></script>
                </head>
                <body>
                <header>
                <strong>Daraja simulator</strong>
                <nav aria-label="Pages">%s%s%s</nav>
                </header>
                <main>
                <h1>%s</h1>
                %s
                </main>
                </body>
                </html>
                """.formatted(title, link("/", "Overview", path), link("/handset", "Handset", path),
                link("/books", "Books", path), title, content);
    }

    private static String link(String target, String text, String current) {
        return "<a href=\"" + target + "\"" + (target.equals(current) ? " aria-current=\"page\"" : "") + ">" + text
                + "</a>";
    }
}
