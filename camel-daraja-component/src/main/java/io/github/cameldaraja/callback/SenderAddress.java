package io.github.cameldaraja.callback;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.http.common.HttpMessage;

/**
 * Where a callback came from, and whether that address is listed. {@code X-Forwarded-For} counts only when the direct neighbour
 * is a trusted proxy.
 */
public final class SenderAddress {

    // servers name the neighbour's address differently
    private static final List<String> NEIGHBOUR_HEADERS = List.of("CamelNettyRemoteAddress", "CamelVertxPlatformHttpRemoteAddress",
            "CamelHttpRemoteAddress");

    private final List<IPAddress> listed;
    private final List<IPAddress> proxies;

    /**
     * @param listed  addresses and ranges (CIDR) that callbacks may come from, separated by commas; null or empty: any
     * @param proxies addresses and ranges of proxies whose {@code X-Forwarded-For} is believed
     */
    public SenderAddress(String listed, String proxies) {
        this.listed = parse("callbackSources", listed);
        this.proxies = parse("trustedProxies", proxies);
    }

    /** The address of the sender as text, or null if the server does not tell. */
    public String of(Message request) {
        String neighbour = neighbour(request);
        if (neighbour == null || !contains(proxies, neighbour)) {
            return neighbour;
        }
        String forwarded = header(request, "X-Forwarded-For");
        if (forwarded == null) {
            return neighbour;
        }
        // from the right: the last address that no proxy of ours wrote
        String[] hops = forwarded.split(",");
        for (int i = hops.length - 1; i >= 0; i--) {
            String hop = hops[i].trim();
            if (address(hop) == null) {
                return neighbour;
            }
            if (!contains(proxies, hop)) {
                return hop;
            }
        }
        return neighbour;
    }

    /** Whether there is a list at all. */
    public boolean isRestricted() {
        return !listed.isEmpty();
    }

    /** Whether callbacks may come from that address. */
    public boolean isListed(String address) {
        return listed.isEmpty() || address != null && contains(listed, address);
    }

    private static String neighbour(Message request) {
        if (request instanceof HttpMessage servlet) {
            // jetty, servlet and all that serve by one: no header tells
            return servlet.getRequest().getRemoteAddr();
        }
        for (String name : NEIGHBOUR_HEADERS) {
            Object value = request.getHeader(name);
            if (value instanceof InetSocketAddress socket) {
                InetAddress address = socket.getAddress();
                return address == null ? socket.getHostString() : address.getHostAddress();
            }
            if (value instanceof SocketAddress || value instanceof CharSequence) {
                return withoutPort(value.toString());
            }
        }
        return null;
    }

    private static String withoutPort(String text) {
        String host = text.startsWith("/") ? text.substring(1) : text;
        int colon = host.lastIndexOf(':');
        return address(host) == null && colon > 0 ? host.substring(0, colon).replaceAll("[\\[\\]]", "") : host;
    }

    private static String header(Message request, String name) {
        for (Map.Entry<String, Object> header : request.getHeaders().entrySet()) {
            if (header.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)) && header.getValue() != null) {
                return header.getValue().toString();
            }
        }
        return null;
    }

    private static boolean contains(List<IPAddress> ranges, String text) {
        IPAddress address = address(text);
        return address != null && ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static IPAddress address(String text) {
        return new IPAddressString(text).getAddress();
    }

    private static List<IPAddress> parse(String option, String ranges) {
        List<IPAddress> parsed = new ArrayList<>();
        if (ranges != null && !ranges.isBlank()) {
            for (String range : ranges.split(",")) {
                try {
                    parsed.add(new IPAddressString(range.trim()).toAddress().toPrefixBlock());
                } catch (AddressStringException | RuntimeException e) {
                    throw new IllegalArgumentException(option + " holds '" + range.trim()
                            + "', which is no address or range; write 196.201.214.200 or 196.201.212.0/22");
                }
            }
        }
        return List.copyOf(parsed);
    }
}
