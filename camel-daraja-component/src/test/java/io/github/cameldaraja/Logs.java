package io.github.cameldaraja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** Listens to loggers for the length of a test. */
public final class Logs implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final Map<String, LoggerConfig> before = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final AbstractAppender appender =
            new AbstractAppender("listening", null, PatternLayout.createDefaultLayout(), true, Property.EMPTY_ARRAY) {
                private final PatternLayout all = PatternLayout.newBuilder().withPattern("%p %c %m%n%throwable").build();

                @Override
                public void append(LogEvent event) {
                    lines.add(all.toSerializable(event));
                }
            };

    public Logs(Level level, String... loggers) {
        appender.start();
        for (String name : loggers) {
            LoggerConfig known = context.getConfiguration().getLoggers().get(name);
            if (known != null) {
                before.put(name, known);
                context.getConfiguration().removeLogger(name);
            }
            LoggerConfig listening = new LoggerConfig(name, level, false);
            listening.addAppender(appender, level, null);
            context.getConfiguration().addLogger(name, listening);
            names.add(name);
        }
        context.updateLoggers();
    }

    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        names.forEach(context.getConfiguration()::removeLogger);
        before.forEach(context.getConfiguration()::addLogger);
        context.updateLoggers();
    }
}
