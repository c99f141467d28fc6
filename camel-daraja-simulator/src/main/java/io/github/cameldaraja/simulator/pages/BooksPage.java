package io.github.cameldaraja.simulator.pages;

import static io.github.cameldaraja.simulator.pages.Html.escape;

import java.util.List;

import io.github.cameldaraja.simulator.Customer;
import io.github.cameldaraja.simulator.Customers;
import io.github.cameldaraja.simulator.LedgerEntry;
import io.github.cameldaraja.simulator.Transfer;
import io.github.cameldaraja.simulator.money.Kind;
import io.github.cameldaraja.simulator.money.Ledger;
import io.github.cameldaraja.simulator.wire.Times;

/**
 * The page {@code /books}: who has how much, and who paid whom.
 */
final class BooksPage {

    static final String PATH = "/books";

    private static final String NUMBER = "<td class=\"number\">";

    private final Ledger ledger;
    private final Customers customers;

    BooksPage(Ledger ledger, Customers customers) {
        this.ledger = ledger;
        this.customers = customers;
    }

    String html() {
        StringBuilder html = new StringBuilder("<div data-live=\"/books\">");
        organisations(html);
        customers(html);
        payments(html);
        transfers(html);
        return Html.page("Books", PATH, html.append("</div>").toString());
    }

    private void organisations(StringBuilder html) {
        table(html, "Organisations", "Kind", "Number", "Account", "#Balance, KSh");
        ledger.organisations().forEach((shortCode, kind) -> kind.accounts().forEach(account ->
                html.append("<tr><td>").append(kindName(kind)).append("</td><td>").append(escape(shortCode))
                        .append("</td><td>").append(account.text()).append("</td>").append(NUMBER)
                        .append(Html.money(ledger.balance(shortCode, account))).append("</td></tr>")));
        html.append("</tbody></table></div>");
    }

    private void customers(StringBuilder html) {
        List<Customer> all = customers.all();
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

    private void payments(StringBuilder html) {
        List<LedgerEntry> entries = ledger.payments();
        table(html, "Payments of customers", "Receipt", "Time", "From", "To", "Account", "#KSh");
        for (int i = entries.size() - 1; i >= 0; i--) {
            LedgerEntry entry = entries.get(i);
            html.append("<tr><td class=\"mono\">").append(escape(entry.receipt())).append("</td><td>")
                    .append(escape(Times.iso(entry.at()))).append("</td><td>").append(escape(entry.payerPhone()))
                    .append("</td><td>").append(escape(entry.partyB())).append("</td><td>")
                    .append(escape(entry.accountReference())).append("</td>").append(NUMBER)
                    .append(Html.money(entry.amount().longValue())).append("</td></tr>");
        }
        html.append("</tbody></table></div>");
        if (entries.isEmpty()) {
            html.append("<p class=\"soft\">No money has moved.</p>");
        }
    }

    private void transfers(StringBuilder html) {
        List<Transfer> all = ledger.transfers();
        if (all.isEmpty()) {
            return;
        }
        table(html, "Transfers of organisations", "Receipt", "Time", "Operation", "From", "To", "Account", "#KSh");
        for (int i = all.size() - 1; i >= 0; i--) {
            Transfer transfer = all.get(i);
            html.append("<tr><td class=\"mono\">").append(escape(transfer.receipt())).append("</td><td>")
                    .append(escape(Times.iso(transfer.at()))).append("</td><td>").append(operation(transfer))
                    .append("</td><td>").append(side(transfer.from(), transfer.fromAccount())).append("</td><td>")
                    .append(side(transfer.to(), transfer.toAccount())).append("</td><td>")
                    .append(escape(transfer.reference() == null ? "" : transfer.reference())).append("</td>")
                    .append(NUMBER).append(Html.money(transfer.amount().longValue())).append("</td></tr>");
        }
        html.append("</tbody></table></div>");
    }

    private static String operation(Transfer transfer) {
        return escape(transfer.reverses() == null
                ? transfer.operation()
                : transfer.operation() + " of " + transfer.reverses());
    }

    private static String side(String party, String account) {
        return escape(account == null ? party : party + ", " + account);
    }

    private static String kindName(Kind kind) {
        return switch (kind) {
            case PAY_BILL -> "Pay bill";
            case TILL -> "Till";
            case BULK -> "Bulk";
        };
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
