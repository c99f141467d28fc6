package io.github.cameldaraja.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * Changes what was said at opt-in, the URL for payment notifications too (Daraja: "Bill Manager", update opt-in details; samples:
 * bill-optin-update.request, bill-optin-update.response).
 */
public final class BillOptInUpdate extends BillManagerApi<BillAnswer> {

    /** The operation's name in URIs. */
    public static final String NAME = "billOptInUpdate";

    /**
     * What the caller asks for: everything anew.
     *
     * @param email           where Safaricom writes to the biller
     * @param officialContact the biller's phone number, any Kenyan form
     * @param sendReminders   whether customers are reminded before an invoice is due
     * @param logo            an image for invoices and receipts; null: none
     */
    public record Request(String email, String officialContact, Boolean sendReminders, String logo) {

        @Override
        public String toString() {
            return "BillOptInUpdate.Request[contact " + PhoneNumbers.mask(officialContact) + "]";
        }
    }

    private final BillOptIn optIn = new BillOptIn();

    public BillOptInUpdate() {
        super(NAME, "/change-optin-details");
    }

    @Override
    public List<Field> fields() {
        return optIn.fields();
    }

    @Override
    public Set<String> owned() {
        return optIn.owned();
    }

    @Override
    public Set<Need> needs() {
        return optIn.needs();
    }

    /** Yes: it says everything anew. */
    @Override
    public boolean isRepeatable(Fields fields) {
        return true;
    }

    @Override
    public ObjectNode request(Fields fields, Owned owned) {
        // as at opt-in, but the sample has a number here
        return optIn.request(fields, owned).put("sendReminders", Integer.parseInt(fields.get("sendReminders")));
    }

    @Override
    public BillAnswer answer(Fields asked, JsonObject answer) {
        return BillAnswer.read(answer);
    }
}
