package io.github.cameldaraja;

import io.github.cameldaraja.management.Finding;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.main.Main;

/**
 * Looks whether the settings of a Camel Main application work, from the command line: {@code java -cp … io.github.cameldaraja.Doctor
 * application.properties}. Starts no route and no listener, and moves no money. Needs camel-main on the class path.
 */
public final class Doctor {

    /** All is well, or well enough. */
    static final int WELL = 0;
    /** Something will not work. */
    static final int ILL = 1;

    private final PrintStream out;

    Doctor(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints a line for each finding; ends with 0 if none is FAIL, else with 1.
     *
     * @param args files with settings, or none for {@code application.properties} on the class path
     */
    public static void main(String[] args) {
        System.exit(new Doctor(System.out).run(List.of(args)));
    }

    /** Examines, prints, and says how it ends. */
    int run(List<String> files) {
        List<Finding> findings = examine(files);
        findings.forEach(out::println);
        out.println(Finding.noneFails(findings) ? "Nothing fails." : "Something fails: see FAIL.");
        return Finding.noneFails(findings) ? WELL : ILL;
    }

    private static List<Finding> examine(List<String> files) {
        Main main = new Main();
        try {
            DarajaComponent component = settings(main, files);
            return component.services().examineAlone();
        } catch (Exception e) {
            return List.of(refused(e));
        } finally {
            main.stop();
        }
    }

    /** The component with the settings of these files, in a context that is not started and has no routes. */
    static DarajaComponent settings(Main main, List<String> files) throws Exception {
        if (!files.isEmpty()) {
            main.setPropertyPlaceholderLocations(files.stream().map(file -> file.matches("[a-z]{2,}:.*") ? file : "file:" + file)
                    .collect(Collectors.joining(",")));
        }
        // nothing but beans and the component: whoever else reads these settings may be running
        Stream.of("camel.main.routesCollectorEnabled", "camel.main.autoStartup", "camel.main.autoConfigurationLogSummary",
                "camel.main.devConsoleEnabled", "camel.server.enabled", "camel.management.enabled")
                .forEach(option -> main.addOverrideProperty(option, "false"));
        main.init();
        return (DarajaComponent) main.getCamelContext().getComponent("daraja", true, false);
    }

    // the innermost sentence names setting and cure; that of a setting that does not exist may hold its value
    private static Finding refused(Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof PropertyBindingException)) {
            cause = cause.getCause();
        }
        if (cause instanceof PropertyBindingException binding) {
            String prefix = binding.getOptionPrefix() == null ? "" : binding.getOptionPrefix() + ".";
            return Finding.fail(null, "settings", prefix + binding.getPropertyName() + " is no setting, or its value is of the wrong kind",
                    "look it up in the options of the component");
        }
        return Finding.fail(null, "settings", String.valueOf(cause.getMessage()), null);
    }
}
