package io.github.cameldaraja.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlatReadmeTest extends SimulatorTest {

    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    private final String section = section();

    @Test
    void itsCommandsWork() throws Exception {
        assumeTrue(has("curl") && has("base64") && has("sh"), "no curl here");
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(section);
        while (matcher.find()) {
            blocks.add(matcher.group(1).replace("curl -s ", "curl -sf "));
        }
        Path output = directory.resolve("output");
        ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", String.join("\n", blocks))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().put("BASE", sim.baseUrl());
        shell.environment().put("TOKEN", shop.token());

        Process process = shell.start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains("USSD Initiated Successfully", "Invoice sent successfully",
                "\"receipt\"", "lastSwapDate", "Message queued successfully.");
        assertThat(Files.readAllBytes(directory.resolve("code.png"))).startsWith(0x89, 'P', 'N', 'G');
        sim.clock().advance(Duration.ofSeconds(1));
        assertThat(sim.books().transfers()).hasSize(1);
        assertThat(sim.books().payments()).hasSize(1);
        sim.books().verify();
    }

    @Test
    void namesEveryCounter() throws IOException {
        Pattern name = Pattern.compile("(?:increment\\(|, )\"((?:bills|qr|iot)\\.?\\w*|b2bExpress\\S*|imsi|swap|orgInfo"
                + "|b2cHakikisha|kyc|ageOnNetwork)\"");
        Path sources = Path.of("src/main/java/io/github/cameldaraja/simulator");
        List<String> names = new ArrayList<>();
        for (String room : List.of("express", "bills", "qr", "lookups", "iot")) {
            try (var files = Files.list(sources.resolve(room))) {
                for (Path file : files.toList()) {
                    Matcher matcher = name.matcher(Files.readString(file));
                    while (matcher.find()) {
                        names.add("`" + matcher.group(1) + "`");
                    }
                }
            }
        }
        assertThat(names).hasSizeGreaterThan(30).allMatch(section::contains);
    }

    private static boolean has(String program) {
        for (String path : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(path, program))) {
                return true;
            }
        }
        return false;
    }

    private static String section() {
        try {
            String readme = Files.readString(Path.of("README.md"), StandardCharsets.UTF_8);
            int start = readme.indexOf("## Tills, bills, QR codes");
            return readme.substring(start, readme.indexOf("\n## ", start));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
