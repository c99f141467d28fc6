package io.github.cameldaraja.simulator.express;

import io.github.cameldaraja.simulator.family.Calls;
import io.github.cameldaraja.simulator.family.Family;
import io.github.cameldaraja.simulator.family.Inside;
import io.github.cameldaraja.simulator.wire.Answer;
import io.github.cameldaraja.simulator.wire.AnswerFates;
import io.github.cameldaraja.simulator.wire.ControlPaths;
import io.github.cameldaraja.simulator.wire.Exchange;
import io.github.cameldaraja.simulator.wire.Paths;
import io.github.cameldaraja.simulator.wire.TokenRefusal;
import io.vertx.core.Future;

/**
 * B2B Express Checkout.
 */
public final class ExpressFamily implements Family {

    /** Where prompts are asked for. */
    public static final String PATH = "/v1/ussdpush/get-msisdn";

    private final Inside inside;
    private final Calls calls;
    private final ExpressFates fates;
    private final ExpressReader reader;
    private final ExpressDesk desk;

    /** With the given plans. */
    public ExpressFamily(Inside inside, AnswerFates answers, ExpressFates fates) {
        this.inside = inside;
        this.calls = new Calls(inside, answers, TokenRefusal.STK);
        this.fates = fates;
        this.reader = new ExpressReader(inside.formats());
        this.desk = new ExpressDesk(inside, fates);
    }

    @Override
    public void mount(Paths paths) {
        calls.postLater(paths, PATH, "b2bExpress", this::initiate);
    }

    @Override
    public void control(ControlPaths paths) {
        paths.postLater("/b2b-express/:id/resend", call -> resend(call.parameter("id"))
                .map(status -> inside.json().object().put("status", status)));
    }

    @Override
    public void reset() {
        fates.reset();
        desk.reset();
    }

    /** Sends the callback of a request again, or a lost one at last; completes with the receiver's HTTP status. */
    public Future<Integer> resend(String requestId) {
        return desk.resend(requestId);
    }

    private Future<Answer> initiate(Exchange exchange) {
        ExpressRequest request = reader.read(inside.fields(exchange, ExpressReader.FIRST_FIELD));
        Answer acknowledgement = inside.answers().ok(inside.json().object()
                .put("code", "0")
                .put("status", "USSD Initiated Successfully"));
        return desk.prompt(request).map(acknowledgement);
    }
}
