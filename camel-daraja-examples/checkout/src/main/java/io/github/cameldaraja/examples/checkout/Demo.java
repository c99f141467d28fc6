package io.github.cameldaraja.examples.checkout;

import io.github.cameldaraja.examples.checkout.demo.Audit;
import io.github.cameldaraja.examples.checkout.demo.LocalShop;
import io.github.cameldaraja.examples.checkout.demo.Playbill;
import io.github.cameldaraja.examples.checkout.demo.Stories;
import io.github.cameldaraja.examples.checkout.demo.Story;
import io.github.cameldaraja.simulator.DarajaSimulator;
import io.github.cameldaraja.simulator.SimulatorSettings;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Plays the stories against a simulated Safaricom, compares the books and then stays open for people to look at.
 *
 * <p>With {@code -Ddemo.exit} it ends instead: 0 if every story ended as it should and the books agree, otherwise 1.
 */
public final class Demo {

    private static final int SAFARICOM_PORT = 8174;
    private static final LocalShop.Ports SHOP_PORTS = new LocalShop.Ports(8080, 8175);

    private Demo() {
    }

    public static void main(String[] args) {
        // Maven passes bytes on as they are, and Java would write ? for ✔ where no locale is set
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        boolean exit = !"false".equals(System.getProperty("demo.exit", "false"));
        // a killed Maven leaves nothing behind
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(1)));
        boolean well = false;
        // Safaricom begins anew, and so does the shop
        Path data = Path.of(System.getProperty("demo.data", "target/demo"));
        delete(data);
        SimulatorSettings settings = SimulatorSettings.defaults().withPort(LocalShop.portOr(exit ? 0 : SAFARICOM_PORT));
        try (DarajaSimulator safaricom = DarajaSimulator.start(settings);
             LocalShop shop = LocalShop.open(safaricom, CheckoutApp.Dsl.JAVA, exit ? LocalShop.Ports.FREE : SHOP_PORTS, data)) {
            Playbill bill = new Playbill(out);
            well = play(shop, Stories.ALL, bill);
            if (!exit) {
                bill.doors(shop);
                new CountDownLatch(1).await();
            }
        } catch (RuntimeException e) {
            out.println("The demo cannot be played: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(well ? 0 : 1);
    }

    private static void delete(Path directory) {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Plays and audits; whether all went well. */
    static boolean play(LocalShop shop, List<Story> stories, Playbill bill) {
        bill.title();
        long start = System.nanoTime();
        List<Story.Played> played = new ArrayList<>();
        for (Story story : stories) {
            played.add(story.play(shop));
            bill.line(played.get(played.size() - 1));
        }
        boolean well = played.stream().allMatch(Story.Played::well);
        boolean agrees = bill.audit(played, new Audit(shop));
        bill.end(played.size(), well, agrees, System.nanoTime() - start);
        return well && agrees;
    }
}
