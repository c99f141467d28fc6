package io.github.cameldaraja;

import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzConstants;
import org.apache.camel.component.quartz.QuartzHelper;
import org.apache.camel.pollconsumer.quartz.QuartzScheduledPollConsumerScheduler;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;
import org.apache.camel.util.ObjectHelper;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobDataMap;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;

/** The trigger of a route as it stands in Quartz, where it may be older than the route, or another node's. */
final class QuartzTrigger {

    private static final String ROUTE = "routeId";

    private final QuartzScheduledPollConsumerScheduler settings;
    private final Scheduler quartz;

    private QuartzTrigger(QuartzScheduledPollConsumerScheduler settings) {
        this.settings = settings;
        this.quartz = settings.getQuartzScheduler();
    }

    static QuartzTrigger of(ScheduledPollConsumerScheduler scheduler) {
        return new QuartzTrigger((QuartzScheduledPollConsumerScheduler) scheduler);
    }

    /** Whether a start has failed because another node has stored the same trigger between our look and our own try. */
    static boolean isStoredMeanwhile(ScheduledPollConsumerScheduler scheduler, Exception failure) throws SchedulerException {
        return ObjectHelper.getException(ObjectAlreadyExistsException.class, failure) != null
                // not shared: then two routes of this node have one trigger, which is a mistake
                && of(scheduler).quartz.getMetaData().isJobStoreClustered();
    }

    /**
     * Takes the stored trigger for that route's.
     *
     * @throws IllegalArgumentException if it calls another route: this one would never run, and nobody would know
     */
    void adopt(CamelContext context, String routeId) throws SchedulerException {
        TriggerKey key = new TriggerKey(settings.getTriggerId(), settings.getTriggerGroup());
        if (!(quartz.getTrigger(key) instanceof CronTrigger stored)) {
            return;
        }
        JobDataMap job = quartz.getJobDetail(stored.getJobKey()).getJobDataMap();
        String theirs = job.getString(QuartzConstants.QUARTZ_CAMEL_CONTEXT_NAME) + '/' + job.getString(ROUTE);
        String ours = QuartzHelper.getQuartzContextName(context) + '/' + routeId;
        // one without a route is in memory and has the task itself
        if (job.containsKey(ROUTE) && !theirs.equals(ours)) {
            throw new IllegalArgumentException("scheduler.triggerId=" + key.getName() + ": this trigger of Quartz calls " + theirs
                    + " (Camel context and route id), not " + ours + "; give all nodes the same names, or this route another"
                    + " scheduler.triggerId, and remove the old trigger from Quartz if nobody needs it");
        }
        if (!stored.getTimeZone().equals(settings.getTimeZone())) {
            // Camel compares the cron expression only
            quartz.rescheduleJob(key, stored.getTriggerBuilder()
                    .withSchedule(CronScheduleBuilder.cronSchedule(settings.getCron()).inTimeZone(settings.getTimeZone())).build());
        }
    }
}
