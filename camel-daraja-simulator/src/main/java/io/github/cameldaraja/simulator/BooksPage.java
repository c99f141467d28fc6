package io.github.cameldaraja.simulator;

import static io.github.cameldaraja.simulator.Html.escape;

import java.util.List;

/**
 * The page {@code /books}: who has how much, and who paid what.
 */
final class BooksPage {

    static final String PATH = "/books";

    private static final String NUMBER = "<td class=\"number\">";

    private final DarajaSimulator simulator;

    BooksPage(DarajaSimulator simulator) {
        this.simulator = simulator;
    }

    String html() {
        StringBuilder html = new StringBuilder("<div data-live=\"/books\">");
        merchant(html);
        customers(html);
        ledger(html);
        return Html.page("Books", PATH, html.append("</div>").toString());
    }

    private void merchant(StringBuilder html) {
        Credentials c = simulator.credentials();
        table(html, "Merchant", "Account", "Number", "#Balance, KSh");
        account(html, "Pay bill", c.shortCode());
        account(html, "Till", c.tillNumber());
        html.append("</tbody></table></div>");
    }

    private void account(StringBuilder html, String kind, String number) {
        html.append("<tr><td>").append(kind).append("</td><td>").append(escape(number)).append("</td>").append(NUMBER)
                .append(Html.money(simulator.books().merchantBalance(number))).append("</td></tr>");
    }

    private void customers(StringBuilder html) {
        List<Customer> all = simulator.customers().all();
        table(html, "Customers", "Phone", "Name", "PIN", "#Balance, KSh");
        for (Customer customer : all) {
            html.append("<tr><td>").append(escape(customer.phone())).append("</td><td>")
                    .append(escape(customer.name())).append("</td><td>").append(escape(customer.pin()))
                    .append("</td>").append(NUMBER).append(Html.money(customer.balance())).append("</td></tr>");
        }
        html.append("</tbody></table></div>");
        if (all.isEmpty()) {
            html.append("<p class=\"soft\">Nobody yet; customers appear with their first prompt.</p>");
        }
    }

    private void ledger(StringBuilder html) {
        List<LedgerEntry> entries = simulator.books().entries();
        table(html, "Ledger", "Receipt", "Time", "From", "To", "Account", "#KSh");
        for (int i = entries.size() - 1; i >= 0; i--) {
            LedgerEntry entry = entries.get(i);
            html.append("<tr><td class=\"mono\">").append(escape(entry.receipt())).append("</td><td>")
                    .append(escape(Views.time(entry.at()))).append("</td><td>").append(escape(entry.payerPhone()))
                    .append("</td><td>").append(escape(entry.partyB())).append("</td><td>")
                    .append(escape(entry.accountReference())).append("</td>").append(NUMBER)
                    .append(Html.money(entry.amount().longValue())).append("</td></tr>");
        }
        html.append("</tbody></table></div>");
        if (entries.isEmpty()) {
            html.append("<p class=\"soft\">No money has moved.</p>");
        }
    }

    /** Opens a table; columns that begin with # hold numbers. */
    private static void table(StringBuilder html, String title, String... columns) {
        html.append("<h2>").append(title).append("</h2><div class=\"scroll\"><table><thead><tr>");
        for (String column : columns) {
            boolean number = column.startsWith("#");
            html.append("<th scope=\"col\"").append(number ? " class=\"number\">" : ">")
                    .append(number ? column.substring(1) : column).append("</th>");
        }
        html.append("</tr></thead><tbody>");
    }
}
