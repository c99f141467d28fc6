package io.github.cameldaraja.examples.esb;

import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** A broker in this very process, with a journal on the disk; yours stands elsewhere, with the same settings of its queues. */
public class Broker implements AutoCloseable {

    private static final double SLOWER = 2;
    private static final long LONGEST_DELAY = 600_000;
    /** More than the route allows: for messages that kill their process before it can say so. */
    private static final int MORE_DELIVERIES = 20;
    private static final int REMEMBERED = 20_000;

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();

    /**
     * @param url        where it listens
     * @param directory  of its journal
     * @param dead       the queue for what is delivered in vain
     * @param deliveries how often the route takes a message
     * @param delay      milliseconds before a message comes for the second time
     */
    Broker(String url, String directory, String payouts, String outcomes, String dead, int deliveries, long delay) throws Exception {
        Configuration configuration = new ConfigurationImpl().setPersistenceEnabled(true).setSecurityEnabled(false)
                .setJMXManagementEnabled(false).setJournalType(JournalType.NIO)
                .setJournalDirectory(directory + "/journal").setBindingsDirectory(directory + "/bindings")
                .setPagingDirectory(directory + "/paging").setLargeMessagesDirectory(directory + "/large")
                .setJournalFileSize(1 << 20).setIDCacheSize(REMEMBERED).setPersistIDCache(true)
                .addAcceptorConfiguration("tcp", url);
        configuration.addAddressSetting("#", new AddressSettings().setRedeliveryDelay(delay).setRedeliveryMultiplier(SLOWER)
                .setMaxRedeliveryDelay(LONGEST_DELAY).setMaxDeliveryAttempts(deliveries + MORE_DELIVERIES)
                .setDeadLetterAddress(SimpleString.of(dead)).setAutoCreateQueues(false).setAutoCreateAddresses(false));
        for (String queue : new String[] { payouts, outcomes, dead }) {
            configuration.addQueueConfiguration(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST).setDurable(true));
        }
        server.setConfiguration(configuration);
        server.start();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
