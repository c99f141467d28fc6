package io.github.cameldaraja;

import io.github.cameldaraja.account.Account;
import io.github.cameldaraja.account.Environment;
import io.github.cameldaraja.api.DarajaException;
import io.github.cameldaraja.api.QrCode;
import io.github.cameldaraja.api.StkPush;
import io.github.cameldaraja.management.Finding;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/**
 * Shows with somebody's own keys that Safaricom's sandbox understands us: what the doctor finds, a QR code, and a push of one shilling to
 * the sandbox's own test number. Refuses, before it sends anything, whatever is not the sandbox or a simulator on this machine.
 */
public final class SandboxSmoke {

    private static final int REFUSED = 2;
    /** Nobody's phone: the number that Safaricom publishes for tests. */
    private static final String TEST_NUMBER = "254708374149";

    private final PrintStream out;

    SandboxSmoke(PrintStream out) {
        this.out = out;
    }

    /**
     * @param args a file with settings, as those of Camel Main
     */
    public static void main(String[] args) throws Exception {
        System.exit(new SandboxSmoke(System.out).run(List.of(args)));
    }

    /** Ends with 0 if nothing fails, with 1 if something does, with 2 if it has sent nothing. */
    int run(List<String> files) throws Exception {
        if (files.isEmpty() || !files.stream().map(Path::of).allMatch(Files::isReadable)) {
            return refuse("there are no settings to read; write camel.component.daraja.consumerKey and so on into a file and name it:"
                    + " mvn -q -Psandbox -Dsettings=my.properties");
        }
        Main main = new Main();
        try {
            DarajaComponent component = Doctor.settings(main, files);
            Collection<Account> accounts = component.services().accounts().all();
            for (Account account : accounts) {
                if (!isSandbox(account)) {
                    return refuse("account '" + account.name() + "' is of " + account.environment() + " at " + account.baseUrl()
                            + "; this is for the sandbox only, and nothing was sent");
                }
            }
            List<Finding> findings = new ArrayList<>(component.services().examineAlone());
            Account payee = accounts.stream().filter(account -> account.hasPasskey() && account.shortCode() != null).findFirst()
                    .orElse(null);
            if (payee != null && Finding.noneFails(findings)) {
                findings.addAll(pay(main.getCamelContext(), payee));
            }
            findings.forEach(out::println);
            return Finding.noneFails(findings) ? 0 : 1;
        } finally {
            main.stop();
        }
    }

    private int refuse(String why) {
        out.println("Refused: " + why);
        return REFUSED;
    }

    private static boolean isSandbox(Account account) {
        String host = account.baseUrl().getHost();
        return account.environment() == Environment.SANDBOX && (host.equals(Environment.SANDBOX.baseUrl().getHost())
                || host.equals("localhost") || host.equals("127.0.0.1"));
    }

    private static List<Finding> pay(CamelContext context, Account payee) throws Exception {
        String account = payee.name();
        boolean heard = payee.callbackBaseUrl() != null;
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:qr").to("daraja:qrCode?account=" + account);
                if (heard) {
                    from("direct:push").to("daraja:stkPush?account=" + account + "&awaitOutcome=true&outcomeTimeout=75s");
                }
            }
        });
        context.setAutoStartup(true);
        context.start();
        List<Finding> findings = new ArrayList<>();
        ProducerTemplate template = context.createProducerTemplate();
        findings.add(finding(account, "QR code", template.send("direct:qr", exchange -> exchange.getMessage().setBody(
                new QrCode.Request("Smoke test", "SMOKE", BigDecimal.ONE, "PB", payee.shortCode(), null)))));
        findings.add(heard ? finding(account, "push", template.send("direct:push", exchange -> exchange.getMessage().setBody(
                new StkPush.Request(TEST_NUMBER, 1, "SMOKE")))) : Finding.warn(account, "push", "not tried",
                        "set callbackBaseUrl: a push needs a place for its outcome"));
        return findings;
    }

    private static Finding finding(String account, String subject, Exchange done) {
        Exception failure = done.getException();
        if (failure == null) {
            Object status = done.getMessage().getHeader(DarajaConstants.STATUS);
            return Finding.ok(account, subject, status == null ? "made" : "taken by Safaricom; its outcome is " + status
                    + (status.equals("UNKNOWN") ? ", for no callback has come" : ""));
        }
        // an app need not have every product
        return subject.equals("QR code") ? Finding.warn(account, subject, failure.getMessage(), "add the product to the app if you need it")
                : Finding.fail(account, subject, failure instanceof DarajaException ? failure.getMessage() : failure.toString(),
                        "see docs/apis/stkPush.adoc");
    }
}
