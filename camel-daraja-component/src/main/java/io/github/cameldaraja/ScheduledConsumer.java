package io.github.cameldaraja;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works when a scheduler says so; with Quartz, whose tables several nodes may share, all of them mean the same trigger. */
abstract class ScheduledConsumer extends ScheduledPollConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledConsumer.class);
    private static final String QUARTZ = "org.apache.camel.pollconsumer.quartz.";
    private static final String TRIGGER_ID = "triggerId";

    ScheduledConsumer(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    protected void doStart() throws Exception {
        if (isWithQuartz() && getRouteId() != null) {
            nameTrigger();
            startWithQuartz();
        } else {
            super.doStart();
        }
    }

    // by the name: whoever does not use Quartz does not have its classes
    private boolean isWithQuartz() {
        return getScheduler() != null && getScheduler().getClass().getName().startsWith(QUARTZ);
    }

    // the same after each start: otherwise each would leave a trigger behind in the tables, and all would fire
    private void nameTrigger() {
        Map<String, Object> properties = getSchedulerProperties() == null ? new HashMap<>() : new HashMap<>(getSchedulerProperties());
        if (properties.putIfAbsent(TRIGGER_ID, getEndpoint().getCamelContext().getName() + '-' + getRouteId()) == null) {
            setSchedulerProperties(properties);
        }
    }

    private void startWithQuartz() throws Exception {
        try {
            super.doStart();
        } catch (Exception e) {
            if (!QuartzTrigger.isStoredMeanwhile(getScheduler(), e)) {
                throw e;
            }
            // a node that starts in this very moment was faster; whoever looks again finds its trigger
            LOG.info("The trigger of route {} was stored by another node in this moment", getRouteId());
            super.doStart();
        }
        QuartzTrigger.of(getScheduler()).adopt(getEndpoint().getCamelContext(), getRouteId());
    }
}
