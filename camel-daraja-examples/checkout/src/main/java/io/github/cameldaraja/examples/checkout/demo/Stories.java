package io.github.cameldaraja.examples.checkout.demo;

import static io.github.cameldaraja.examples.checkout.OrderStatus.DECLINED;
import static io.github.cameldaraja.examples.checkout.OrderStatus.OPEN;
import static io.github.cameldaraja.examples.checkout.OrderStatus.PAID;
import static io.github.cameldaraja.examples.checkout.OrderStatus.UNKNOWN;
import static java.time.Duration.ofSeconds;

import io.github.cameldaraja.examples.checkout.Order;
import io.github.cameldaraja.examples.checkout.OrderStatus;
import io.github.cameldaraja.examples.checkout.demo.Story.Ending;
import io.github.cameldaraja.simulator.Prompt;
import io.github.cameldaraja.simulator.Script;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Everything that the checkout must stand. The phone numbers are the simulator's: each has its fate. */
public final class Stories {

    private static final String HANDSET = "254700001117";
    private static final String PIN = "1234";

    /** All stories; each buys for another amount, so that the books tell them apart. */
    public static final List<Story> ALL = List.of(
            new Story("The customer pays", PAID, shop -> {
                Answer answer = shop.buys("0712 000 001", 1250, "Shoes").join();
                return new Ending(answer.id(), "the PIN is typed, the callback brings receipt " + answer.receipt(),
                        answer.status() == PAID && answer.receipt() != null);
            }),
            new Story("The customer cancels", DECLINED, shop -> ended(shop.buys("254700000032", 110, "Tea").join(), "1032")),
            new Story("A wrong PIN", DECLINED, shop -> ended(shop.buys("254700000020", 120, "Coffee").join(), "2001")),
            new Story("Not enough money", DECLINED, shop -> ended(shop.buys("254700000001", 130, "Sugar").join(), "1")),
            new Story("Nobody answers", DECLINED, shop -> {
                Answer answer = shop.passes(ofSeconds(61), shop.isAsked("254700000037", 140, "Milk"));
                return ended(answer, "1037");
            }),
            new Story("The callback is lost", PAID, shop -> {
                Answer answer = shop.passes(ofSeconds(21), 4, shop.isAsked("254700001101", 150, "Bread"));
                return new Ending(answer.id(), "after 20 seconds the component asks Safaricom and hears of the payment",
                        answer.status() == PAID && callbacks(shop) == 0);
            }),
            new Story("The callback comes twice", PAID, shop -> {
                Answer answer = shop.buys("254700001102", 160, "Rice").join();
                LocalShop.until("the second callback", () -> callbacks(shop) == 2);
                return new Ending(answer.id(), "both are answered, the order is credited once", credits(shop, answer) == 1);
            }),
            new Story("The callback is too early", PAID, shop -> {
                Answer answer = shop.buys("254700001103", 170, "Beans").join();
                return new Ending(answer.id(), "it arrives before Safaricom has acknowledged the push", credits(shop, answer) == 1);
            }),
            new Story("The token is revoked half-way", PAID, shop -> {
                shop.safaricom().revokeTokens();
                int tokens = shop.safaricom().counters().tokenCalls();
                Answer answer = shop.buys("0712 000 009", 180, "Honey").join();
                return new Ending(answer.id(), "the component fetches a new one and asks the customer once",
                        shop.safaricom().counters().tokenCalls() == tokens + 1 && prompts(shop, "254712000009") == 1);
            }),
            new Story("The acknowledgement is lost", PAID, shop -> {
                Answer answer = shop.buys("254700001002", 190, "Salt").join();
                return new Ending(answer.id(), "the connection breaks, nothing is sent again, the callback tells",
                        prompts(shop, "254700001002") == 1);
            }),
            new Story("Acknowledgement lost, callback late", PAID, shop -> {
                shop.safaricom().faults().forPhoneOnce("254712000011",
                        Script.pays().resetAfterAccepting().callbackAfter(ofSeconds(120)));
                Answer answer = shop.passes(ofSeconds(91), shop.isAsked("254712000011", 200, "Flour"));
                shop.safaricom().clock().advance(ofSeconds(60));
                becomes(shop, answer, PAID);
                return new Ending(answer.id(), "unknown after 90 seconds, paid when the callback comes after 120",
                        answer.status() == UNKNOWN && prompts(shop, "254712000011") == 1);
            }),
            new Story("Told \"cancelled\", then paid", PAID, shop -> {
                Answer answer = shop.buys("254700001106", 210, "Eggs").join();
                becomes(shop, answer, PAID);
                return new Ending(answer.id(), "a second callback with a receipt corrects the first", answer.status() == DECLINED);
            }),
            new Story("The browser sends the order twice", PAID, shop -> {
                CompletableFuture<Answer> first = shop.buys("TWICE0001", HANDSET, 220, "Butter");
                Prompt prompt = prompt(shop);
                CompletableFuture<Answer> second = shop.buys("TWICE0001", HANDSET, 220, "Butter");
                shop.safaricom().handset().enterPin(prompt.checkoutRequestId(), PIN);
                boolean both = first.join().status() == PAID && second.join().status() == PAID;
                return new Ending("TWICE0001", "one prompt, one payment, both requests hear of it",
                        both && credits(shop, first.join()) == 1 && prompts(shop, HANDSET) == 1);
            }),
            new Story("Somebody forges a callback", DECLINED, shop -> {
                CompletableFuture<Answer> waiting = shop.buys("FORGED0001", HANDSET, 230, "Gold");
                Prompt prompt = prompt(shop);
                int status = shop.safaricom().post(forged(shop.lastCallbackUrl()), Forgery.of(prompt)).join();
                boolean untouched = shop.orders().find("FORGED0001").status() == OPEN;
                shop.safaricom().handset().cancel(prompt.checkoutRequestId());
                return new Ending(waiting.join().id(), "\"paid\" without our capability is answered " + status
                        + " and changes nothing; the customer cancels", status == 404 && untouched);
            }));

    private Stories() {
    }

    private static Ending ended(Answer answer, String code) {
        return new Ending(answer.id(), "Safaricom says " + code + ": " + answer.reason(), answer.status() == DECLINED);
    }

    private static void becomes(LocalShop shop, Answer answer, OrderStatus status) {
        LocalShop.until("order " + answer.id() + " to be " + status, () -> {
            Order order = shop.orders().find(answer.id());
            return order.status() == status;
        });
    }

    private static long callbacks(LocalShop shop) {
        String url = shop.lastCallbackUrl();
        return shop.safaricom().callbacks().stream().filter(callback -> callback.url().equals(url)).count();
    }

    private static long credits(LocalShop shop, Answer answer) {
        return shop.orders().ledger().credits().stream().filter(credit -> credit.order().equals(answer.id())).count();
    }

    private static int prompts(LocalShop shop, String phone) {
        return shop.safaricom().counters().prompts(phone);
    }

    private static Prompt prompt(LocalShop shop) {
        LocalShop.until("a prompt", () -> !shop.safaricom().handset().prompts(HANDSET).isEmpty());
        return shop.safaricom().handset().prompts(HANDSET).get(0);
    }

    // the last character of the signature changed
    private static String forged(String url) {
        char last = url.charAt(url.length() - 1);
        return url.substring(0, url.length() - 1) + (last == '0' ? '1' : '0');
    }
}
