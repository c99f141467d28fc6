package io.github.cameldaraja;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldaraja.api.DarajaOutcomeUnknownException;
import io.github.cameldaraja.api.DarajaRequestException;
import io.github.cameldaraja.api.IotSim;
import io.github.cameldaraja.simulator.AnswerScript;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** All commands of the portal for SIM cards in machines. */
class IotSimTest extends EndToEnd {

    private static final String ACTIVE = "300000574101";
    private static final String IDLE = "300000574103";

    private Shop shop() {
        return newShop().route("iot", "daraja:iotSim")
                .route("uri", "daraja:iotSim?command=queryLifeCycleStatus&phoneNumber=" + ACTIVE + "&field.vpnGroup="
                        + safaricom.iotSims().vpnGroup() + "&field.username=me")
                .route("headers", "daraja:iotSim?requestHeaders=true&command=queryLifeCycleStatus");
    }

    private Map<String, Object> of(String command, Object... more) {
        Map<String, Object> body = new HashMap<>(Map.of("command", command));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return body;
    }

    private Map<String, Object> sim(String command, String msisdn, Object... more) {
        Map<String, Object> body = of(command, more);
        body.putAll(Map.of("msisdn", msisdn, "vpnGroup", safaricom.iotSims().vpnGroup(), "username", "me"));
        return body;
    }

    private Map<String, Object> message() {
        return of("sendSingleMessage", "msisdn", ACTIVE, "message", "on", "vpnGroup", safaricom.iotSims().vpnGroup());
    }

    @Test
    void everyCommandIsUnderstood() {
        String group = safaricom.iotSims().vpnGroup();
        String today = LocalDate.now().toString();
        List<Map<String, Object>> all = new ArrayList<>(List.of(
                of("allSims", "vpnGroup", List.of(group), "username", "me"), sim("queryLifeCycleStatus", ACTIVE),
                sim("queryCustomerInfo", ACTIVE), sim("simActivation", IDLE),
                of("getActivationTrends", "vpnGroup", group, "startDate", today, "endDate", today, "username", "me"),
                sim("renameAsset", ACTIVE, "assetName", "Pump"),
                sim("suspendOrResume", ACTIVE, "product", "14307001", "action", "suspend"),
                sim("suspendOrResume", ACTIVE, "product", "14307001", "action", "resume"),
                message(),
                of("searchMessages", "searchValue", "254" + ACTIVE),
                of("filterMessages", "startDate", "2020-01-01", "endDate", "2090-01-01T00:00:00", "status", "1"),
                of("getAllMessages", "vpnGroup", group)));
        try (Shop shop = shop().open()) {
            Map<String, IotSim.Answer> answers = new LinkedHashMap<>();
            for (Map<String, Object> one : all) {
                Exchange done = shop.send("direct:iot", one);
                assertThat(done.getException()).as(one.toString()).isNull();
                answers.put((String) one.get("command"), answer(done, IotSim.Answer.class));
            }
            assertThat(answers.values()).extracting(IotSim.Answer::code).containsOnly("200");
            assertThat(answers.get("queryLifeCycleStatus").body()).containsEntry("status", "Active");
            Object id = answers.get("sendSingleMessage").body().get("id");
            answer(shop.send("direct:iot", message()), IotSim.Answer.class);
            answer(shop.send("direct:iot", of("deleteMessage", "id", id)), IotSim.Answer.class);
            answer(shop.send("direct:iot", of("deleteMessageThread", "msisdn", "254" + ACTIVE)), IotSim.Answer.class);
            assertThat(all.stream().map(one -> one.get("command")).distinct().count() + 2).isEqualTo(IotSim.commands().size());
            assertThat(safaricom.iotSims().sims()).filteredOn(one -> one.msisdn().equals(IDLE)).singleElement()
                    .matches(one -> one.status().equals("Active"));
            assertThat(safaricom.iotSims().messages()).isEmpty();

            for (Exchange done : List.of(shop.send("direct:uri", null), shop.send("direct:headers", null,
                    Map.of("CamelDarajaRequestMsisdn", ACTIVE, "CamelDarajaRequestVpnGroup", group, "CamelDarajaRequestUsername",
                    "me")),
                    shop.send("direct:iot", "{\"command\":\"querylifecyclestatus\",\"msisdn\":\"" + ACTIVE + "\",\"vpnGroup\":\""
                            + group + "\",\"username\":\"me\"}"),
                    shop.send("direct:iot", new IotSim.Request("queryLifeCycleStatus", ACTIVE, group, "me", null, null, null,
                    null, null, null, null, null, null, null, null, null)))) {
                assertThat(answer(done, IotSim.Answer.class).body()).containsEntry("status", "Active");
            }
        }
    }

    @Test
    void questionsAreRepeatedAndChangesNever() {
        try (Shop shop = shop().open()) {
            safaricom.calls().next("/simportal/v1/queryLifeCycleStatus", AnswerScript.usual().resetAfterAccepting());
            safaricom.calls().next("/simportal/v1/queryLifeCycleStatus", AnswerScript.usual().emptyBody());
            assertThat(sendOverPauses(shop, "direct:uri", null, () -> count("iot.lifeCycle.received"), 3).getException())
                    .isNull();
            IotSim.Answer sent = answer(shop.send("direct:iot", message()), IotSim.Answer.class);
            Map<String, Map<String, Object>> changes = new LinkedHashMap<>();
            changes.put("simactivation activation", sim("simActivation", IDLE));
            changes.put("renameasset rename", sim("renameAsset", ACTIVE, "assetName", "Pump"));
            changes.put("suspend_unsuspend_sub suspend", sim("suspendOrResume", ACTIVE, "product", "1", "action", "suspend"));
            changes.put("deletemessage delete", of("deleteMessage", "id", sent.body().get("id")));
            changes.put("sendsinglemessage send", message());
            changes.put("deleteMessageThread deleteThread", of("deleteMessageThread", "msisdn", "254" + ACTIVE));
            changes.forEach((call, body) -> {
                safaricom.calls().next("/simportal/v1/" + call.split(" ")[0], AnswerScript.usual().resetAfterAccepting());
                Exchange lost = sendOverPauses(shop, "direct:iot", body, () -> count("iot." + call.split(" ")[1] + ".received"),
                        1);
                assertThat(lost.getException()).as(call).isInstanceOf(DarajaOutcomeUnknownException.class);
            });
        }
    }

    @Test
    void aFailureWithTheCodeOfSuccessIsAFailure() {
        try (Shop shop = shop().open()) {
            for (Map<String, Object> failing : List.of(sim("simActivation", ACTIVE), sim("queryCustomerInfo", "300000999999"),
                    of("deleteMessage", "id", 4711))) {
                Exchange done = shop.send("direct:iot", failing);
                assertRefusal(done, DarajaRequestException.class, "200", "MERCHANT", false);
                assertThat(done.getMessage().getHeader(DarajaConstants.RESULT_DESCRIPTION, String.class))
                        .isIn("Operation Failed", "No records were found");
            }
        }
    }

    @Test
    void whatIsWrongIsRefused() {
        try (Shop shop = shop().open()) {
            assertRefused(shop.send("direct:iot", of("explode")), "command", "must be one of allSims, queryLifeCycleStatus");
            assertRefused(shop.send("direct:iot", of("renameAsset", "msisdn", ACTIVE, "vpnGroup", "g", "username", "me")),
                    "assetName", "renameAsset needs it");
            assertRefused(shop.send("direct:iot", of("deleteMessage", "id", 1, "message", "x")), "message",
                    "is not for deleteMessage");
            assertThat(safaricom.counters().tokenCalls()).isZero();
            for (Map<String, Object> foreign : List.of(
                    of("queryCustomerInfo", "msisdn", ACTIVE, "vpnGroup", safaricom.iotSims().foreignVpnGroup(), "username",
                            "me"),
                    of("queryCustomerInfo", "msisdn", ACTIVE, "vpnGroup", "1-1_VPN", "username", "me"))) {
                assertThat(shop.send("direct:iot", foreign).getException()).isInstanceOf(DarajaRequestException.class);
            }
        }
    }
}
