package io.github.cameldaraja.examples.checkout.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What the demo prints. */
public final class Playbill {

    private static final String STORY = "  %s  %-37s %-9s %s%n";
    private static final String BOOKS = "  %s  %-37s %,9.0f %,12.0f%n";

    private final PrintStream out;

    public Playbill(PrintStream out) {
        this.out = out;
    }

    public void title() {
        out.println();
        out.println("A shop is paid by M-Pesa: Camel Daraja against a simulated Safaricom");
        out.println();
    }

    public void line(Story.Played played) {
        out.printf(Locale.ROOT, STORY, mark(played.well()), played.story(),
                played.status() == null ? "–" : played.status(), played.told());
    }

    /** Prints the audit of these stories; whether the books agree. */
    public boolean audit(List<Story.Played> stories, Audit audit) {
        out.println();
        out.printf("     %-37s %9s %12s%n", "The books, in shillings", "the shop", "Safaricom");
        for (Story.Played played : stories) {
            line(played.story().title(), audit.of(played.order()));
        }
        Audit.Line total = audit.total();
        out.println("     " + "-".repeat(60));
        line("All together", total);
        return audit.agrees();
    }

    public void end(int stories, boolean well, boolean agrees, long nanos) {
        out.println();
        out.printf(Locale.ROOT, "%d stories in %.1f seconds. %s %s%n", stories, nanos / 1e9,
                well ? "Each ended as it should." : "NOT each ended as it should: see ✘.",
                agrees ? "The books agree to the shilling." : "The books DO NOT agree.");
    }

    /** Where to look now. */
    public void doors(LocalShop shop) {
        String safaricom = shop.safaricom().baseUrl();
        out.println();
        out.println("Now it is your turn:");
        out.println("  the shop      " + shop.url() + "/");
        out.println("  its orders    " + shop.url() + "/orders");
        out.println("  the handset   " + safaricom + "/handset   (answers the prompt of 0700 001 117; the PIN is 1234)");
        out.println("  Safaricom     " + safaricom + "/");
        out.println("  its books     " + safaricom + "/books");
        out.println();
        out.println("Ctrl+C ends it.");
    }

    private void line(String title, Audit.Line line) {
        out.printf(Locale.ROOT, BOOKS, mark(line.agrees()), title, line.shop(), line.safaricom());
    }

    private static String mark(boolean well) {
        return well ? "✔" : "✘";
    }
}
