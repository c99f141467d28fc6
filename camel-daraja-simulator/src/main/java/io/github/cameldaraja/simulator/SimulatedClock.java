package io.github.cameldaraja.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.cameldaraja.simulator.wire.Times;

/**
 * The time inside the simulator: follows real time until told otherwise.
 *
 * <p>Everything that waits in the simulator waits on this clock. {@link #advance} runs what became due, in order and
 * on the calling thread, before it returns.
 */
public final class SimulatedClock extends Clock {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedClock.class);
    private static final long LONGEST_ALARM_MILLIS = Duration.ofHours(1).toMillis();

    /** Real-time wake-up call. */
    interface Alarm {
        long in(long millis, Runnable wake);

        void cancel(long id);
    }

    private record Timer(Instant due, long sequence, Runnable task) {
    }

    private final Alarm alarm;
    private final ReentrantLock firing = new ReentrantLock();
    private final Object state = new Object();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparing(Timer::due).thenComparing(Timer::sequence));
    private Instant base = Instant.now();
    private long baseNanos = System.nanoTime();
    private double speed = 1;
    private long sequence;
    private long alarmId = -1;

    SimulatedClock(Alarm alarm) {
        this.alarm = alarm;
    }

    @Override
    public Instant instant() {
        synchronized (state) {
            return speed == 0 ? base : base.plusNanos((long) ((System.nanoTime() - baseNanos) * speed));
        }
    }

    @Override
    public ZoneId getZone() {
        return Times.NAIROBI;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        SimulatedClock self = this;
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return self.withZone(other);
            }

            @Override
            public Instant instant() {
                return self.instant();
            }
        };
    }

    /** Moves the time forward and runs what became due before it returns; negative durations are refused. */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not run backwards: " + duration);
        }
        firing.lock();
        try {
            Instant target = instant().plus(duration);
            for (Timer timer = nextUntil(target); timer != null; timer = nextUntil(target)) {
                run(timer);
            }
            synchronized (state) {
                if (instant().isBefore(target)) {
                    setTo(target);
                }
            }
        } finally {
            firing.unlock();
            arm();
        }
    }

    /** Stops the time; only {@link #advance} moves it then. */
    public void freeze() {
        speed(0);
    }

    /** Lets the time run at normal speed again, from where it stands. */
    public void resume() {
        speed(1);
    }

    /** Lets the time run faster (60: a minute a second) or slower; 0 stops it. */
    public void speed(double factor) {
        if (factor < 0 || Double.isNaN(factor) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("not a speed: " + factor);
        }
        synchronized (state) {
            setTo(instant());
            speed = factor;
        }
        arm();
    }

    /** Runs a task after a time on this clock. */
    public void schedule(Duration after, Runnable task) {
        synchronized (state) {
            timers.add(new Timer(instant().plus(after), sequence++, task));
        }
        arm();
    }

    /** Back to real time, without timers. */
    void reset() {
        synchronized (state) {
            timers.clear();
            speed = 1;
            setTo(Instant.now());
        }
        arm();
    }

    private Timer nextUntil(Instant target) {
        synchronized (state) {
            Timer head = timers.peek();
            if (head == null || head.due().isAfter(target)) {
                return null;
            }
            if (head.due().isAfter(instant())) {
                setTo(head.due());
            }
            return timers.poll();
        }
    }

    private void fireDue() {
        firing.lock();
        try {
            for (Timer timer = nextUntil(instant()); timer != null; timer = nextUntil(instant())) {
                run(timer);
            }
        } finally {
            firing.unlock();
            arm();
        }
    }

    private static void run(Timer timer) {
        try {
            timer.task().run();
        } catch (RuntimeException e) {
            LOG.error("A timer of the simulator failed", e);
        }
    }

    private void arm() {
        synchronized (state) {
            if (alarmId >= 0) {
                alarm.cancel(alarmId);
                alarmId = -1;
            }
            Timer head = timers.peek();
            if (head == null) {
                return;
            }
            long millis = Duration.between(instant(), head.due()).toMillis();
            if (millis > 0 && speed == 0) {
                return;
            }
            long real = millis <= 0 ? 1 : (long) Math.ceil(millis / speed) + 1;
            alarmId = alarm.in(Math.min(real, LONGEST_ALARM_MILLIS), this::fireDue);
        }
    }

    private void setTo(Instant now) {
        base = now;
        baseNanos = System.nanoTime();
    }
}
