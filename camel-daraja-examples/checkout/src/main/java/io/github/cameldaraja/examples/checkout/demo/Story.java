package io.github.cameldaraja.examples.checkout.demo;

import io.github.cameldaraja.examples.checkout.OrderStatus;

/**
 * Something that happens between a customer, the shop and Safaricom.
 *
 * @param title     for people
 * @param shouldEnd how the order must end
 * @param plot      lets it happen
 */
public record Story(String title, OrderStatus shouldEnd, Plot plot) {

    /** Lets a story happen. */
    @FunctionalInterface
    public interface Plot {
        Ending play(LocalShop shop) throws Exception;
    }

    /**
     * How a story ended.
     *
     * @param order    the order's number
     * @param told     what happened, in a sentence
     * @param asShould whether everything besides the order's end was as it should be
     */
    public record Ending(String order, String told, boolean asShould) {
    }

    /**
     * A story that was played.
     *
     * @param order  the order's number; null if the story broke off before
     * @param status how the order ended, or null
     */
    public record Played(Story story, String order, OrderStatus status, String told, boolean well) {
    }

    /** Plays it; what goes wrong is told, not thrown. */
    public Played play(LocalShop shop) {
        try {
            Ending ending = plot.play(shop);
            OrderStatus status = shop.orders().find(ending.order()).status();
            return new Played(this, ending.order(), status, ending.told(), ending.asShould() && status == shouldEnd);
        } catch (Exception e) {
            return new Played(this, null, null, "broke off: " + e, false);
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
