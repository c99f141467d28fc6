package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class TokenTest extends SimulatorTest {

    @Test
    void issuesOpaqueTokens() {
        JsonNode body = shop.json(shop.requestToken());

        assertThat(body.path("access_token").textValue()).matches("[A-Za-z0-9]{28}");
        assertThat(body.path("expires_in").isNumber()).isTrue();
        assertThat(body.path("expires_in").intValue()).isEqualTo(3599);
        assertThat(sim.counters().tokenCalls()).isEqualTo(1);
    }

    @Test
    void refusesWrongKeysAndGrants() {
        HttpResponse<String> wrongKey = shop.send(shop.to("/oauth/v1/generate?grant_type=client_credentials")
                .header("Authorization", Shop.basic("a", "b")).GET());
        HttpResponse<String> none = shop.send(shop.to("/oauth/v1/generate?grant_type=client_credentials").GET());
        Credentials c = sim.credentials();
        HttpResponse<String> wrongGrant = shop.send(shop.to("/oauth/v1/generate?grant_type=password")
                .header("Authorization", Shop.basic(c.consumerKey(), c.consumerSecret())).GET());

        assertThat(wrongKey.statusCode()).isEqualTo(400);
        assertThat(wrongKey.body()).contains("400.008.01", "Invalid Authentication passed");
        assertThat(none.body()).contains("400.008.01");
        assertThat(wrongGrant.statusCode()).isEqualTo(400);
        assertThat(wrongGrant.body()).contains("400.008.02", "Invalid grant type passed");
    }

    @Test
    void tokensExpireOnTheClock() {
        shop.token();
        sim.clock().advance(Duration.ofSeconds(3590));
        assertThat(shop.push(Shop.PHONE, 1).statusCode()).isEqualTo(200);
        sim.clock().advance(Duration.ofSeconds(10));
        assertThat(shop.push(Shop.PHONE, 1).body()).contains("404.001.03");
    }

    @Test
    void newTokenKillsTheOldOne() {
        shop.token();
        shop.requestToken();
        assertThat(shop.push(Shop.PHONE, 1).body()).contains("404.001.03");
    }

    @Test
    void tokensLiveSideBySideIfAsked() {
        SimulatorSettings settings =
                SimulatorSettings.defaults().withNewTokenKillsOld(false).withExpiresInAsString(true);
        try (DarajaSimulator tolerant = DarajaSimulator.start(settings); Shop other = new Shop(tolerant)) {
            other.token();
            assertThat(other.json(other.requestToken()).path("expires_in").textValue()).isEqualTo("3599");
            assertThat(other.push(Shop.PHONE, 1).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void revokesTokens() {
        shop.token();
        sim.revokeTokens();
        assertThat(shop.push(Shop.PHONE, 1).body()).contains("404.001.03");
    }

    @Test
    void followsTokenFaults() {
        sim.faults().nextToken(TokenFault.INVALID_CREDENTIALS);
        assertThat(shop.requestToken().body()).contains("400.008.01");
        sim.faults().nextToken(TokenFault.EMPTY_401);
        HttpResponse<String> empty = shop.requestToken();
        assertThat(empty.statusCode()).isEqualTo(401);
        assertThat(empty.body()).isEmpty();
        sim.faults().nextToken(TokenFault.HTML_503);
        assertThat(shop.requestToken().body()).contains("Incapsula incident ID");
        sim.faults().nextToken(TokenFault.MISSING_EXPIRY);
        JsonNode body = shop.json(shop.requestToken());
        assertThat(body.has("access_token")).isTrue();
        assertThat(body.has("expires_in")).isFalse();
        sim.faults().nextToken(TokenFault.RESET);
        shop.requestToken();
        assertThat(sim.requests()).as("the JDK's client repeats a GET by itself")
                .extracting(RecordedRequest::status).endsWith(-1, 200);
        sim.faults().nextToken(TokenFault.SLOW);
        long start = System.nanoTime();
        assertThat(shop.requestToken().statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(2900));
    }
}
