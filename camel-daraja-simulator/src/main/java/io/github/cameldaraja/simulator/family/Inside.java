package io.github.cameldaraja.simulator.family;

import io.github.cameldaraja.simulator.Customers;
import io.github.cameldaraja.simulator.SimulatedClock;
import io.github.cameldaraja.simulator.SimulatorSettings;
import io.github.cameldaraja.simulator.money.Ledger;
import io.github.cameldaraja.simulator.wire.Answers;
import io.github.cameldaraja.simulator.wire.CallbackSender;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.FieldRefusal;
import io.github.cameldaraja.simulator.wire.Fields;
import io.github.cameldaraja.simulator.wire.Formats;
import io.github.cameldaraja.simulator.wire.Ids;
import io.github.cameldaraja.simulator.wire.Json;
import io.github.cameldaraja.simulator.wire.OperatorPassword;
import io.github.cameldaraja.simulator.wire.Recorder;
import io.github.cameldaraja.simulator.wire.Tally;
import io.github.cameldaraja.simulator.wire.Tokens;
import io.vertx.core.Context;

/**
 * What all families share.
 *
 * @param ledger    all money
 * @param counters  how often things happened, by name
 * @param formats   the forms of phone numbers, short codes, addresses and so on
 * @param callbacks sends them
 * @param recorder  what was received and sent, and the number of resets
 * @param operator  the API operator's password
 * @param context   where Vert.x runs work that is not to run on the clock's thread
 */
public record Inside(
        SimulatorSettings settings,
        SimulatedClock clock,
        Json json,
        Ids ids,
        Formats formats,
        Answers answers,
        Tokens tokens,
        Ledger ledger,
        Customers customers,
        Tally counters,
        CallbackSender callbacks,
        Recorder recorder,
        OperatorPassword operator,
        Context context) {

    /** The fields of a request, refused as STK and most others do. */
    public Fields fields(Exchange exchange, String firstField) {
        return fields(exchange, firstField, answers.fieldRefusal());
    }

    /** The fields of a request, refused in another shape. */
    public Fields fields(Exchange exchange, String firstField, FieldRefusal refusal) {
        return Fields.of(exchange, firstField, settings.strict(), json, refusal);
    }
}
