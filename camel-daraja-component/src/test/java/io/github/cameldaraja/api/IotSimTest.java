package io.github.cameldaraja.api;

import static io.github.cameldaraja.api.OwnSamples.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thirteen endpoints behind one operation. */
class IotSimTest {

    private final IotSim api = new IotSim();

    @SuppressWarnings("unchecked")
    private static Map<String, Object> sample(String command) {
        return (Map<String, Object>) read("iotSim/requests").toMap().get(command);
    }

    private Fields said(String command) {
        Map<String, Object> said = new LinkedHashMap<>(sample(command));
        said.put("command", command);
        return Fields.check(api, said);
    }

    @TestFactory
    Stream<DynamicTest> everyRequestIsItsSample() {
        assertThat(read("iotSim/requests").names()).containsExactlyElementsOf(IotSim.commands()).hasSize(13);
        return IotSim.commands().stream().map(command -> DynamicTest.dynamicTest(command, () -> assertThat(
                Json.readObject(Json.write(api.request(said(command), null))).toMap()).isEqualTo(sample(command))));
    }

    @TestFactory
    Stream<DynamicTest> noCommandTakesWhatIsNotIts() {
        return IotSim.commands().stream().map(command -> DynamicTest.dynamicTest(command, () -> {
            Map<String, Object> said = new HashMap<>(sample(command));
            said.put("command", command);
            said.put(command.equals("deleteMessage") ? "message" : "id", 1);
            assertThatThrownBy(() -> Fields.check(api, said)).isInstanceOf(InvalidFieldException.class)
                    .hasMessageContaining("not for " + command);
            assertThatThrownBy(() -> Fields.check(api, Map.of("command", command))).isInstanceOf(InvalidFieldException.class)
                    .hasMessageContaining(command + " needs it");
        }));
    }

    @ParameterizedTest
    @CsvSource({"allSims, allsims", "queryLifeCycleStatus, queryLifeCycleStatus", "suspendOrResume, suspend_unsuspend_sub",
            "searchMessages, searchmessages?pageNo=1&pageSize=10", "filterMessages, filtermessages?pageNo=1&pageSize=10",
            "getAllMessages, getallmessages?pageNo=3&pageSize=25", "deleteMessageThread, deleteMessageThread"})
    void paths(String command, String path) {
        assertThat(api.path(said(command))).isEqualTo("/simportal/v1/" + path);
    }

    @Test
    void endpointsAreCommandsToo() {
        assertThat(Fields.check(api, Map.of("command", "SUSPEND_UNSUSPEND_SUB", "msisdn", "300000777001", "username", "o",
                "vpnGroup", "g", "product", "p", "action", "resume")).get("command")).isEqualTo("suspendOrResume");
    }

    @Test
    void whatChangesSomethingIsNeverSentAgain() {
        List<String> changing = IotSim.commands().stream().filter(command -> !api.isRepeatable(said(command))).toList();

        assertThat(changing).containsExactly("simActivation", "renameAsset", "suspendOrResume", "sendSingleMessage",
                "deleteMessage", "deleteMessageThread");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20261001", "2026-10-01", "01-10-2026", "01-10-2026 00:00:00", "2026-10-01T00:00:00",
        "2026-10-01 00:00:00"})
    void everyFormOfADateIsOne(String date) {
        Fields fields = Fields.check(api, Map.of("command", "filterMessages", "startDate", date, "endDate", "31-10-2026 00:00:00",
                "status", 1));
        // what a URI pins is checked twice
        assertThat(IotSimTest.again(api, fields).get("startDate")).isEqualTo(fields.get("startDate"));

        assertThat(api.request(fields, null).get("startDate").textValue()).isEqualTo("01-10-2026 00:00:00");
    }

    private static Fields again(IotSim api, Fields fields) {
        return Fields.check(api, fields.toMap());
    }

    @Test
    void answers() {
        JsonObject found = read("iotSim/response");
        assertThat(api.success().refusal(found, false)).isEmpty();
        IotSim.Answer answer = api.answer(null, found);
        assertThat(answer.body()).containsEntry("status", "Active");
        assertThat(answer.details()).isEqualTo(found.toMap());

        assertThat(api.answer(null, read("iotSim/response-deleted")).body()).isEmpty();
        JsonObject none = OwnSamples.json("{'header':{'responseCode':404,'responseMessage':'No records were found'}}");
        assertThat(api.success().refusal(none, false).orElseThrow().text()).isEqualTo("No records were found");
    }
}
