package io.github.cameldaraja.examples.reconciliation;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Writes the page of a report: plain HTML that asks nobody for anything. */
final class ReportPage {

    private static final String STYLE = "body{font:15px/1.45 sans-serif;margin:2em auto;max-width:75em;padding:0 1em;color:#222}"
            + "table{border-collapse:collapse;margin:.6em 0 1.6em}th,td{border-bottom:1px solid #ccc;padding:.3em .8em;text-align:left;"
            + "vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
            + ".good{color:#17692b}.bad{color:#a31515}";

    private final Writer out;
    private final Period period;
    private final String shortCode;
    private final Instant now;

    ReportPage(Writer out, Period period, String shortCode, Instant now) {
        this.out = out;
        this.period = period;
        this.shortCode = shortCode;
        this.now = now;
    }

    /**
     * @param differences those that are shown
     * @param csv         where all are
     */
    void write(Summary summary, List<Finding> differences, String csv) throws IOException {
        String title = "Short code " + shortCode + ", " + period.day();
        print("<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>", escape(title), "</title><style>", STYLE,
                "</style></head>\n<body>\n<h1>", escape(title), "</h1>\n");
        paragraph(summary.isAgrees() ? "good" : "bad", summary.isAgrees() ? "Nothing to look at."
                : summary.differences() + " payments, or the balances, must be looked at.");
        paragraph(null, "Compared are the payments of customers that M-Pesa's statement (Pull API) lists with those that the ledger"
                + " counts, from " + Report.time(period.from()) + " until " + Report.time(period.until()) + " in Nairobi"
                + (period.isWhole() ? "" : ", for the day is not over") + ". Made " + Report.time(now) + ". Every payment is in " + csv
                + ".");
        kinds(summary);
        if (!differences.isEmpty()) {
            differences(differences, summary.differences());
        }
        balances(summary.balances());
        print("</body>\n</html>\n");
    }

    private void kinds(Summary summary) throws IOException {
        print("<h2>Payments of customers</h2>\n");
        head("", "Payments", "KES there", "KES here", "Difference");
        for (Kind kind : Kind.values()) {
            Summary.Line line = summary.line(kind);
            if (line.findings() > 0) {
                row(kind.text(), line.findings(), line.there().amount(), line.here().amount(),
                        line.here().amount().subtract(line.there().amount()));
            }
        }
        print("</table>\n");
        paragraph(null, "M-Pesa lists " + summary.there().count() + " payments of KES " + plain(summary.there().amount())
                + ", the ledger counts " + summary.here().count() + " of KES " + plain(summary.here().amount()) + ".");
    }

    private void differences(List<Finding> differences, long all) throws IOException {
        print("<h2>What does not agree</h2>\n");
        head("What", "Receipt there", "Receipt here", "KES there", "KES here", "Time there", "Time here", "Account", "Phone",
                "Our reference, and more");
        for (Finding one : differences) {
            Entry there = one.there();
            Entry here = one.here();
            Entry known = there == null ? here : there;
            row(one.kind().text(), there == null ? "" : there.receipt(), here == null ? "" : here.receipt(),
                    there == null ? null : there.amount(), here == null ? null : here.amount(), Report.time(there),
                    Report.time(here), known.accountReference(), known.phone(),
                    (here == null ? "" : here.operation() + " " + here.reference()) + (one.note() == null ? ""
                            : (here == null ? "" : "; ") + one.note()));
        }
        print("</table>\n");
        if (all > differences.size()) {
            paragraph(null, "And " + (all - differences.size()) + " more.");
        }
    }

    private void balances(BalanceCheck check) throws IOException {
        print("<h2>Balances</h2>\n");
        if (check == null) {
            paragraph(null, "Not compared: M-Pesa has told no balances within an hour of both ends of this time.");
        } else {
            head("Account", Report.time(check.opened()), Report.time(check.closed()));
            Set<String> accounts = new TreeSet<>(check.opening().keySet());
            accounts.addAll(check.closing().keySet());
            for (String account : accounts) {
                row(account + (Balances.isOurs(account) ? "" : " (not added)"), check.opening().get(account),
                        check.closing().get(account));
            }
            print("</table>\n<table>\n");
            row("Opening", BalanceCheck.total(check.opening()));
            row("+ in: " + check.in().count() + " payments that M-Pesa lists", check.in().amount());
            row("− out: " + check.out().count() + " payouts and reversals of the ledger", check.out().amount());
            row("= expected", BalanceCheck.total(check.closing()).add(check.missing()));
            row("Closing", BalanceCheck.total(check.closing()));
            row("Missing", check.missing());
            print("</table>\n");
            paragraph(check.agrees() ? "good" : "bad", check.agrees() ? "They agree."
                    : "They do not agree: charges, transfers to the bank, payouts from the portal, or something that nobody has told of.");
            if (check.unclear().signum() > 0) {
                paragraph(null, "KES " + plain(check.unclear())
                        + " moved in the very seconds of the balances: they may be in them, or not.");
            }
            if (check.openPayouts().count() > 0) {
                paragraph("bad", check.openPayouts().count() + " payouts of KES " + plain(check.openPayouts().amount())
                        + " have no known fate: they may have left, or not.");
            }
        }
        paragraph(null, "The Pull API lists payments of customers only. Payouts and reversals are known from the ledger alone, and"
                + " checked by the balances: opening + in − out = closing.");
    }

    // amounts and numbers to the right
    private void row(Object... cells) throws IOException {
        print("<tr>");
        for (Object cell : cells) {
            if (cell instanceof BigDecimal amount) {
                print("<td class=\"n\">", plain(amount), "</td>");
            } else if (cell instanceof Long number) {
                print("<td class=\"n\">", String.format(Locale.ROOT, "%,d", number), "</td>");
            } else {
                print("<td>", cell == null ? "" : escape(cell.toString()), "</td>");
            }
        }
        print("</tr>\n");
    }

    private void head(String... titles) throws IOException {
        print("<table>\n<tr>");
        for (String title : titles) {
            print("<th>", escape(title), "</th>");
        }
        print("</tr>\n");
    }

    private void paragraph(String style, String text) throws IOException {
        print(style == null ? "<p>" : "<p class=\"" + style + "\">", escape(text), "</p>\n");
    }

    private void print(String... texts) throws IOException {
        for (String text : texts) {
            out.write(text);
        }
    }

    private static String plain(BigDecimal amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }

    // customers type account references
    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
