package io.github.cameldaraja.springboot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Reads {@code camel.component.daraja.*} from Spring's environment, in all the spellings that Spring allows, and gives it in Camel's.
 * A name that is no option is refused: a guard that is misspelt must not be missing in silence.
 */
final class Settings {

    static final String PREFIX = "camel.component.daraja";
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(PREFIX);
    private static final String ACCOUNTS = "accounts";
    // switches of camel-spring-boot, which are read elsewhere
    private static final Set<String> SWITCHES = Set.of("enabled", "customizer");
    private static final int DEPTH = ROOT.getNumberOfElements();

    private final Environment environment;
    private final Options options;

    Settings(Environment environment, Options options) {
        this.environment = environment;
        this.options = options;
    }

    /**
     * What is set, by option: {@code shortCode}, {@code accounts[shop].shortCode}.
     *
     * @throws IllegalArgumentException naming what is no option, where it stands, and the cure
     */
    Map<String, Object> read() {
        Map<String, Object> set = new LinkedHashMap<>();
        Binder binder = Binder.get(environment);
        for (Options.Option option : options.all()) {
            if (!option.name().equals(ACCOUNTS)) {
                read(binder, ROOT, option, option.name(), set);
            }
        }
        for (ConfigurationPropertyName account : accounts()) {
            String name = account.getElement(DEPTH + 1, Form.ORIGINAL);
            for (Options.Option option : options.all()) {
                if (option.ofAccount()) {
                    read(binder, account, option, ACCOUNTS + "[" + name + "]." + option.name(), set);
                }
            }
        }
        return set;
    }

    private static void read(Binder binder, ConfigurationPropertyName under, Options.Option option, String name,
                             Map<String, Object> set) {
        String value = binder.bind(under.append(option.dashed()), Bindable.of(String.class)).orElse(null);
        if (value != null) {
            set.put(name, value);
        }
    }

    // the names of accounts as files spell them; variables of the system know no upper and lower case
    private List<ConfigurationPropertyName> accounts() {
        List<ConfigurationPropertyName> found = new ArrayList<>();
        List<ConfigurationPropertyName> inVariables = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream().filter(ROOT::isAncestorOf).forEach(name -> {
                    check(source, name);
                    if (isOfAccount(name)) {
                        (isVariables(source) ? inVariables : found).add(name.chop(DEPTH + 2));
                    }
                });
            }
        }
        found.addAll(inVariables);
        return found.stream().distinct().toList();
    }

    private static boolean isOfAccount(ConfigurationPropertyName name) {
        return name.getNumberOfElements() > DEPTH + 2 && name.getElement(DEPTH, Form.UNIFORM).equals(ACCOUNTS);
    }

    private void check(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        boolean ofAccount = isOfAccount(name);
        int from = ofAccount ? DEPTH + 2 : DEPTH;
        if (!ofAccount && SWITCHES.contains(name.getElement(DEPTH, Form.UNIFORM))) {
            return;
        }
        // SHORT_CODE is one option, short.code is none
        boolean isWhole = isVariables(source) || name.getNumberOfElements() == from + 1;
        Options.Option option = isWhole ? options.find(rest(name, from)) : null;
        if (option == null || ofAccount && !option.ofAccount()) {
            throw new IllegalArgumentException(name + where(source, name) + " is no option of "
                    + (ofAccount ? "an account" : "the component") + "; " + cure(rest(name, from), option));
        }
    }

    private String cure(String name, Options.Option known) {
        if (known != null) {
            return "it is one of the component: write " + PREFIX + "." + known.dashed();
        }
        if (name.endsWith("]") || name.matches(".*\\.\\d+")) {
            return "write lists as one text, separated by commas";
        }
        Set<String> near = new TreeSet<>();
        String asked = name.replace("-", "").toLowerCase(Locale.ROOT);
        for (Options.Option option : options.all()) {
            if (distance(option.name().toLowerCase(Locale.ROOT), asked) <= 2) {
                near.add(option.dashed());
            }
        }
        return near.isEmpty() ? "take it out, or look its name up in the component's page"
                : "did you mean " + String.join(" or ", near) + "?";
    }

    // how many letters must be changed, added or taken out
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[other.length() + 1];
            now[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                now[j] = Math.min(Math.min(now[j - 1], before[j]) + 1, before[j - 1] + change);
            }
            before = now;
        }
        return before[other.length()];
    }

    private static String rest(ConfigurationPropertyName name, int from) {
        List<String> rest = new ArrayList<>();
        for (int i = from; i < name.getNumberOfElements(); i++) {
            rest.add(name.getElement(i, Form.ORIGINAL));
        }
        return String.join(".", rest);
    }

    private static String where(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        ConfigurationProperty property = source.getConfigurationProperty(name);
        return property == null || property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
    }

    private static boolean isVariables(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
    }
}
