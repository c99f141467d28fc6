package io.github.cameldaraja.gateway;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * A Camel HTTP component of our own: not in the registry, so that neither the user's settings reach it nor ours reach the
 * user's; with everything off that would send a request twice or somewhere else.
 */
final class PrivateHttp {

    // servers and balancers close idle connections after a minute or so, and a POST that meets the closing has an unknown fate
    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(15);
    private static final TimeValue LONGEST_LIFE = TimeValue.ofMinutes(5);

    private PrivateHttp() {
    }

    /** The component, not started. */
    static HttpComponent create(CamelContext camelContext, TransportSettings settings)
            throws GeneralSecurityException, IOException {
        HttpComponent http = new HttpComponent();
        http.setCamelContext(camelContext);
        // else camel-http sends a POST again after 503 and 429: for a payout, a second payment
        http.setAutomaticRetriesDisabled(true);
        http.setRedirectHandlingDisabled(true);
        http.setFollowRedirects(false);
        http.setCookieManagementDisabled(true);
        http.setContentCompressionDisabled(true);
        http.setSkipControlHeaders(true);
        http.setCopyHeaders(false);
        http.setClientConnectionManager(connections(camelContext, settings));
        http.setHttpClientConfigurer(client(settings));
        if (settings.proxyHost() != null) {
            http.setProxyHost(settings.proxyHost());
            http.setProxyPort(settings.proxyPort());
            // else camel-http takes the scheme of the target, and speaks TLS to a proxy that expects CONNECT
            http.setProxyAuthScheme("http");
            http.setProxyAuthMethod("Basic");
            http.setProxyAuthUsername(settings.proxyUsername());
            http.setProxyAuthPassword(settings.proxyPassword());
        }
        return http;
    }

    // one pool for all URLs; camel-http's own would be one per endpoint, without a limit over all of them. The TLS settings go
    // here, for with its option sslContextParameters camel-http turns http: URLs into https: ones
    private static PoolingHttpClientConnectionManager connections(CamelContext camelContext, TransportSettings settings)
            throws GeneralSecurityException, IOException {
        SSLContext tls = settings.sslContextParameters() == null ? SSLContexts.createDefault()
                : settings.sslContextParameters().createSSLContext(camelContext);
        Timeout connect = Timeout.of(settings.connectTimeout());
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(settings.maxConnections())
                .setMaxConnPerRoute(settings.maxConnections())
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(Timeout.of(settings.responseTimeout()))
                        // looks before each use whether the server has closed meanwhile: a millisecond that spares false alarms
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .setTimeToLive(LONGEST_LIFE)
                        .build())
                .build();
    }

    private static HttpClientConfigurer client(TransportSettings settings) {
        RequestConfig request = RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(settings.connectionRequestTimeout()))
                .setResponseTimeout(Timeout.of(settings.responseTimeout()))
                .setRedirectsEnabled(false)
                .setExpectContinueEnabled(false)
                .setContentCompressionEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setAuthenticationEnabled(settings.proxyUsername() != null)
                .build();
        return builder -> builder
                .setDefaultRequestConfig(request)
                // Daraja's challenges are ours to answer, with a new token
                .setTargetAuthenticationStrategy((type, challenges, context) -> List.of())
                .setKeepAliveStrategy(PrivateHttp::keepAlive);
    }

    private static TimeValue keepAlive(HttpResponse response, HttpContext context) {
        TimeValue wish = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
        return TimeValue.isNonNegative(wish) && wish.compareTo(LONGEST_IDLE) < 0 ? wish : LONGEST_IDLE;
    }
}
