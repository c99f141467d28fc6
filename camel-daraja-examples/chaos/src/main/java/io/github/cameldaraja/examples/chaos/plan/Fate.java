package io.github.cameldaraja.examples.chaos.plan;

import io.github.cameldaraja.simulator.QueryFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the plan does to an order.
 *
 * @param ending       what becomes of the money, if the request arrives
 * @param requests     the push, the payout or the reversal, by attempt; empty for a payment that only comes in. Later attempts go well
 * @param confirmation of what the customer pays
 * @param queries      what goes wrong with queries about the push, by attempt; null for nothing. Later ones go well
 * @param questions    what becomes of status queries, by attempt. Later ones go well
 */
public record Fate(Payment payment, Ending ending, List<Attempt> requests, Message confirmation, List<QueryFault> queries,
                   List<Attempt> questions) {

    /** What becomes of that attempt of its push, payout or reversal. */
    public Attempt request(int attempt) {
        return attempt < requests.size() ? requests.get(attempt) : Attempt.USUAL;
    }

    /** What becomes of that status query. */
    public Attempt question(int attempt) {
        return attempt < questions.size() ? questions.get(attempt) : Attempt.USUAL;
    }

    /** What goes wrong with that query about the push; null for nothing. */
    public QueryFault query(int attempt) {
        return attempt < queries.size() ? queries.get(attempt) : null;
    }

    /** The first attempt that is not refused in plain words: the application never sends another, or the identical one. */
    public Attempt decisive() {
        return requests.stream().filter(attempt -> !attempt.answer().refuses()).findFirst().orElse(Attempt.USUAL);
    }

    /** Whether a message claims another result than the books. */
    public boolean isContradicted() {
        return requests.stream().anyMatch(attempt -> attempt.callback().telling().lies());
    }

    /**
     * Why the payment may never be decided, whatever the application does: no word about it gets through, and none can be asked for.
     * Contradictions are no reason: the plan lets only failures lie, and of a payment with a receipt the evidence is stronger, whichever
     * came first.
     *
     * @return empty if it must be decided
     */
    public Optional<String> mayStayOpen() {
        return decisive().answer().tells() ? Optional.empty() : mayStayOpenIfAcknowledgementIsLost();
    }

    /** The same if the acknowledgement is lost with the node that was told. */
    public Optional<String> mayStayOpenIfAcknowledgementIsLost() {
        if (!isAskedAboutByAcknowledgementOnly()) {
            return Optional.empty();
        }
        Attempt sent = decisive();
        if (!sent.answer().accepts()) {
            return Optional.of("the request never arrived, which nobody can say, for there is nothing to ask with");
        }
        if (payment.kind() == Kind.PUSH && ending.moves()) {
            // Pull lists what was paid
            return Optional.empty();
        }
        return sent.callback().telling().proves() && ending != Ending.EXPIRES ? Optional.empty()
                : Optional.of("acknowledgement and callback are lost, and there is nothing to ask with");
    }

    /** The same if a node died that had been told that Safaricom refuses that attempt. */
    public Optional<String> mayStayOpenIfRefusalIsLost(int attempt) {
        return isAskedAboutByAcknowledgementOnly() && request(attempt).answer().refuses()
                ? Optional.of("it was refused, which only who has died was told, and there is nothing to ask with") : Optional.empty();
    }

    /** The same if nobody was there to hear a callback, and the acknowledgement is lost, by the plan or with its node. */
    public Optional<String> mayStayOpenIfNobodyHears() {
        if (payment.kind() == Kind.RETURN && decisive().answer().accepts()) {
            // its status says that the second one has failed; that the first one was done says its callback alone
            return Optional.of("it was sent twice, and nobody was there to hear what became of one of the two");
        }
        return isAskedAboutByAcknowledgementOnly() && !(payment.kind() == Kind.PUSH && ending.moves())
                ? Optional.of("nobody was there to hear its callback, its acknowledgement is lost, and there is nothing to ask with")
                : Optional.empty();
    }

    /** The same if the node died after the intent was stored and before it was sent. */
    public Optional<String> mayStayOpenIfNeverSent() {
        return isAskedAboutByAcknowledgementOnly()
                ? Optional.of("it was never sent, which nobody can say, for there is nothing to ask with") : Optional.empty();
    }

    /** The faults that it may meet, each by a name for people. */
    public List<String> met() {
        List<String> met = new ArrayList<>();
        requests.stream().findFirst().ifPresent(first -> {
            if (first.answer() != Answer.GOOD) {
                met.add("requests answered " + first.answer());
            }
            if (first.callback().telling() != Telling.ON_TIME) {
                met.add("callbacks " + first.callback().telling());
            }
        });
        if (payment.kind() != Kind.PAYOUT && ending.moves() && confirmation.telling() != Telling.ON_TIME) {
            met.add("confirmations " + confirmation.telling());
        }
        if (ending != Ending.PAYS) {
            met.add("ends with " + ending);
        }
        return met;
    }

    /** For people. */
    public String story() {
        StringBuilder story = new StringBuilder();
        story.append(payment.id()).append(": ").append(payment.kind())
                .append(payment.product() == null ? "" : " " + payment.product())
                .append(" of ").append(payment.amount()).append(" shillings")
                .append(payment.waits() ? ", the exchange waits" : "")
                .append(payment.twice() ? ", posted to both nodes at once" : "").append('\n')
                .append("  ends with ").append(ending).append(" (").append(ending.code()).append(")\n");
        if (payment.kind() != Kind.PAYOUT) {
            story.append("  what the customer pays: confirmation ").append(confirmation.text()).append(", listed by Pull\n");
        }
        for (int i = 0; i < requests.size(); i++) {
            story.append("  request ").append(i).append(": ").append(requests.get(i).text()).append('\n');
        }
        for (int i = 0; i < queries.size(); i++) {
            story.append("  query ").append(i).append(": ").append(queries.get(i) == null ? "answered" : queries.get(i)).append('\n');
        }
        for (int i = 0; i < questions.size(); i++) {
            story.append("  status query ").append(i).append(": ").append(questions.get(i).text()).append('\n');
        }
        mayStayOpen().ifPresent(why -> story.append("  may stay open: ").append(why).append('\n'));
        mayStayOpenIfAcknowledgementIsLost().filter(why -> mayStayOpen().isEmpty()).ifPresent(why ->
                story.append("  may stay open if its node dies before it stores the acknowledgement: ").append(why).append('\n'));
        return story.toString();
    }

    // Safaricom refuses a second one of the others, so that these are simply sent again
    private boolean isAskedAboutByAcknowledgementOnly() {
        return payment.kind() == Kind.PUSH || payment.kind() == Kind.PAYOUT && payment.product() == Product.V1;
    }
}
