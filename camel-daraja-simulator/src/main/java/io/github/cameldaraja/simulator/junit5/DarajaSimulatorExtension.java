package io.github.cameldaraja.simulator.junit5;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.SimulatorSettings;

/**
 * Starts a simulator before all tests of a class, resets it before each test and closes it after all.
 *
 * <p>Works with {@code @ExtendWith} and {@code @RegisterExtension}; as an instance field each test has its own
 * simulator. Test methods, constructors and life cycle methods may take a {@link DarajaSimulator} parameter.
 */
public final class DarajaSimulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    private final SimulatorSettings settings;
    private DarajaSimulator simulator;
    private String startedBy;

    /** With the default settings. */
    public DarajaSimulatorExtension() {
        this(SimulatorSettings.defaults());
    }

    /** With the given settings. */
    public DarajaSimulatorExtension(SimulatorSettings settings) {
        this.settings = settings;
    }

    /** The running simulator; throws {@link IllegalStateException} outside of tests. */
    public DarajaSimulator simulator() {
        if (simulator == null) {
            throw new IllegalStateException("the simulator runs only during tests");
        }
        return simulator;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startIfNeeded(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        startIfNeeded(context);
        simulator.reset();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        closeIfStartedBy(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        closeIfStartedBy(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DarajaSimulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return simulator();
    }

    private void startIfNeeded(ExtensionContext context) {
        if (simulator == null) {
            simulator = DarajaSimulator.start(settings);
            startedBy = context.getUniqueId();
        }
    }

    private void closeIfStartedBy(ExtensionContext context) {
        if (simulator != null && context.getUniqueId().equals(startedBy)) {
            simulator.close();
            simulator = null;
        }
    }
}
