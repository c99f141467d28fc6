package io.github.cameldaraja.simulator;

import static io.github.cameldaraja.simulator.results.ResultFamily.B2C_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.POCHI_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.REVERSAL_PATH;
import static io.github.cameldaraja.simulator.results.ResultFamily.STATUS_PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.github.cameldaraja.simulator.c2b.C2bFamily;
import io.github.cameldaraja.simulator.pull.PullFamily;

class FaultPlanTest extends ResultTest {

    private static final String OTHER = "254722000002";

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Test
    void countsThePushesOfEachPhone() {
        sim.plan(new FaultPlan() {
            @Override
            public Script push(String phone, int attempt) {
                return attempt == 0 ? Script.pays().systemBusy() : attempt == 1 ? Script.result(1032) : null;
            }
        });
        assertThat(shop.push(PHONE, 5).body()).contains("System is busy");
        assertThat(shop.push(OTHER, 5).body()).contains("System is busy");
        assertThat(pushed(PHONE)).isEqualTo("1032");
        assertThat(pushed(PHONE)).isEqualTo("0");
        assertThat(pushed(OTHER)).isEqualTo("1032");
        assertThat(sim.books().payments()).hasSize(1);
    }

    @Test
    void asksAboutTheSameAttemptAgainWhenItWasRefusedAnyway() {
        sim.plan(new FaultPlan() {
            @Override
            public Script push(String phone, int attempt) {
                asked.add(phone + " " + attempt);
                return null;
            }
        });
        ObjectNode wrong = shop.pushBody(PHONE, 5).put("Password", "bm90aGluZw==");
        assertThat(shop.push(wrong).statusCode()).isEqualTo(500);
        shop.accepted(PHONE, 5);
        assertThat(asked).containsExactly(PHONE + " 0", PHONE + " 0");
    }

    @Test
    void goesAfterScriptsAndEndsWithTheReset() {
        FaultPlan cancels = new FaultPlan() {
            @Override
            public Script push(String phone, int attempt) {
                asked.add(phone + " " + attempt);
                return Script.result(1032);
            }
        };
        sim.plan(cancels);
        sim.faults().forPhoneOnce(PHONE, Script.result(1));
        assertThat(pushed(PHONE)).isEqualTo("1");
        sim.faults().nextPush(Script.result(2001));
        assertThat(pushed(PHONE)).isEqualTo("2001");
        assertThat(pushed("254700000036")).isEqualTo("1036");
        assertThat(asked).isEmpty();
        assertThat(pushed(PHONE)).isEqualTo("1032");
        assertThat(asked).containsOnly(PHONE + " 0");
        sim.reset();
        shop.forgetToken();
        sim.clock().freeze();
        assertThat(pushed(PHONE)).isEqualTo("0");
    }

    @Test
    void aRevokedTokenMeetsTheRestOfItsScript() {
        sim.plan(new FaultPlan() {
            @Override
            public Script push(String phone, int attempt) {
                return Script.result(1032 + attempt).revokedToken();
            }
        });
        assertThat(shop.push(PHONE, 5).statusCode()).isEqualTo(404);
        shop.forgetToken();
        assertThat(pushed(PHONE)).isEqualTo("1032");
    }

    @Test
    void countsTheQueriesAboutEachPhone() {
        sim.plan(new FaultPlan() {
            @Override
            public QueryFault query(String phone, int attempt) {
                return phone.equals(PHONE) && attempt < 2 ? QueryFault.values()[attempt] : null;
            }
        });
        String id = shop.accepted(PHONE, 5);
        String other = shop.accepted(OTHER, 5);
        work();
        assertThat(shop.query("ws_CO_unknown").body()).contains("does not Exist");
        assertThat(shop.query(id).body()).contains("does not Exist");
        assertThat(shop.query(id).body()).contains("being processed");
        assertThat(shop.json(shop.query(id)).path("ResultCode").asText()).isEqualTo("0");
        assertThat(shop.json(shop.query(other)).path("ResultCode").asText()).isEqualTo("0");
    }

    @Test
    void knowsTheCustomerBehindEveryRequest() {
        sim.plan(new FaultPlan() {
            @Override
            public ResultScript request(ResultApi api, String receiver, String party, int attempt) {
                asked.add(api + " " + receiver + " " + party + " " + attempt);
                return null;
            }
        });
        ObjectNode payout = b2c(OTHER, 10);
        String paid = result(B2C_PATH, payout).path("TransactionID").asText();
        result(POCHI_PATH, pochi(OTHER, 10));
        String receipt = paid(PHONE, 700);
        result(STATUS_PATH, status(receipt, ""));
        result(REVERSAL_PATH, reversal(receipt, 700));
        result(STATUS_PATH, status(receipt, ""));
        result(STATUS_PATH, status("", payout.path("OriginatorConversationID").asText()));
        result(STATUS_PATH, status("ABCDEFGHIJ", ""));
        assertThat(paid).isNotEmpty();
        assertThat(asked).containsExactly(
                "B2C " + OTHER + " " + OTHER + " 0",
                "POCHI " + OTHER + " " + OTHER + " 0",
                "STATUS " + receipt + " " + PHONE + " 0",
                "REVERSAL " + receipt + " " + PHONE + " 0",
                "STATUS " + receipt + " " + PHONE + " 1",
                "STATUS " + payout.path("OriginatorConversationID").asText() + " " + OTHER + " 0",
                "STATUS ABCDEFGHIJ null 0");
    }

    @Test
    void losesAcknowledgementsOfAcceptedPayoutsAndRefusesTheRepeat() {
        sim.plan(new FaultPlan() {
            @Override
            public ResultScript request(ResultApi api, String receiver, String party, int attempt) {
                return attempt == 0 ? ResultScript.succeeds().resetAfterAccepting() : null;
            }
        });
        ObjectNode payout = b2c(PHONE, 100);
        assertThatThrownBy(() -> shop.post(B2C_PATH, payout)).isInstanceOf(UncheckedIOException.class);
        work();
        assertThat(shop.post(B2C_PATH, payout).body()).contains("Duplicate OriginatorConversationID");
        assertThat(sim.books().transfers()).hasSize(1);
        sim.results().forReceiver(PHONE, ResultScript.result(2040));
        assertThat(code(B2C_PATH, b2c(PHONE, 100))).isEqualTo("2040");
    }

    @Test
    void plansConfirmations() {
        shop.post(C2bFamily.REGISTER_PATH, shop.mapper.createObjectNode()
                .put("ShortCode", payBill)
                .put("ResponseType", "Completed")
                .put("ConfirmationURL", shop.callbackUrl())
                .put("ValidationURL", shop.callbackUrl()));
        sim.plan(new FaultPlan() {
            @Override
            public ConfirmationScript confirmation(String phone, int attempt) {
                return attempt == 0 ? ConfirmationScript.usual().duplicate()
                        : attempt == 1 ? ConfirmationScript.usual().lost()
                        : attempt == 2 ? ConfirmationScript.usual().after(Duration.ofHours(2)) : null;
            }
        });
        for (int i = 0; i < 4; i++) {
            sim.c2b().pay(PHONE, payBill, "A" + i, 10).join();
        }
        work();
        await().until(() -> shop.callbacks.size() == 3);
        assertThat(shop.callbacks).extracting(callback -> callback.json().path("BillRefNumber").asText())
                .containsExactlyInAnyOrder("A0", "A0", "A3");
        sim.clock().advance(Duration.ofHours(2));
        await().until(() -> shop.callbacks.size() == 4);
        sim.c2b().allConfirmations(ConfirmationScript.usual());
        sim.plan(new FaultPlan() {
            @Override
            public ConfirmationScript confirmation(String phone, int attempt) {
                return ConfirmationScript.usual().lost();
            }
        });
        sim.c2b().pay(PHONE, payBill, "A4", 10).join();
        work();
        await().until(() -> shop.callbacks.size() == 5);
    }

    @Test
    void plansTokensAndPull() {
        sim.plan(new FaultPlan() {
            @Override
            public TokenFault token(int attempt) {
                return attempt == 0 ? TokenFault.EMPTY_401 : null;
            }

            @Override
            public RequestFault pull(int attempt) {
                return attempt == 0 ? RequestFault.HTML_503 : attempt == 1 ? RequestFault.SPIKE_ARREST : null;
            }
        });
        assertThat(shop.requestToken().statusCode()).isEqualTo(401);
        assertThat(shop.requestToken().statusCode()).isEqualTo(200);
        shop.post(PullFamily.REGISTER_PATH, shop.mapper.createObjectNode()
                .put("ShortCode", payBill)
                .put("RequestType", "Pull")
                .put("NominatedNumber", "0722000009")
                .put("CallBackURL", shop.callbackUrl()));
        ObjectNode query = shop.mapper.createObjectNode()
                .put("ShortCode", payBill)
                .put("StartDate", "2026-01-01 00:00:00")
                .put("EndDate", "2036-01-01 00:00:00")
                .put("OffSetValue", "0");
        assertThat(shop.post(PullFamily.QUERY_PATH, query).statusCode()).isEqualTo(503);
        assertThat(shop.post(PullFamily.QUERY_PATH, query).statusCode()).isEqualTo(429);
        assertThat(shop.post(PullFamily.QUERY_PATH, query).body()).contains("1001");
    }

    @Test
    void aLongRunKeepsTheLastAndTellsEverybody() {
        assertThatThrownBy(() -> SimulatorSettings.defaults().withRecording(-1)).hasMessageContaining("recording");
        try (DarajaSimulator small = DarajaSimulator.start(SimulatorSettings.defaults().withRecording(2));
                Shop other = new Shop(small)) {
            List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
            List<RecordedCallback> callbacks = new CopyOnWriteArrayList<>();
            small.onRequest(requests::add);
            small.onCallback(callbacks::add);
            for (int i = 0; i < 4; i++) {
                other.accepted("25472200000" + i, 5);
            }
            await().until(() -> callbacks.size() == 4);
            assertThat(requests).hasSize(5).allMatch(request -> request.status() == 200);
            assertThat(small.requests()).containsExactlyElementsOf(requests.subList(3, 5));
            assertThat(small.callbacks()).containsExactlyElementsOf(callbacks.subList(2, 4));
        }
    }

    /** The result code of a push. */
    private String pushed(String phone) {
        int before = shop.callbacks.size();
        shop.accepted(phone, 5);
        work();
        await().until(() -> shop.callbacks.size() > before);
        return shop.callbacks.get(before).code();
    }
}
