package io.github.cameldaraja.examples.payroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayrollFileTest {

    private static final String TITLES = "id,name,phone,amount,reason\n";
    private static final String NAME = "payroll-2026-11.csv";

    @Test
    void theSampleIsInOrder() throws IOException, InvalidPayrollException {
        List<LineRules.Verdict> lines = read(NAME, Files.readString(Path.of("samples", NAME)));

        assertThat(lines).hasSize(4).extracting(LineRules.Verdict::line).contains(
                new Line("2026-11/E002", 1, 3, "E002", "Otieno, Brian", "254722000002", 38500, "Salary November"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\uFEFFid,name,phone,amount,reason\r\nE1,Otieno,0722000001,500,Salary\r\n",
        "Amount, Phone ,ID,Reason,Name\n500,0722000001,E1,Salary,Otieno",
        "id,name,phone,amount,reason\n\n\"E1\",\"Otieno\",\"0722000001\",\"500\",\"Salary\"\n\n" })
    void filesOfManyProgramsAreRead(String text) throws InvalidPayrollException {
        assertThat(read(NAME, text)).singleElement().extracting(LineRules.Verdict::line)
                .satisfies(line -> assertThat(line.key()).isEqualTo("2026-11/E1"))
                .satisfies(line -> assertThat(line.phone()).isEqualTo("254722000001"))
                .satisfies(line -> assertThat(line.amount()).isEqualTo(500));
    }

    @ParameterizedTest
    @ValueSource(strings = { "payroll.csv", "payroll-2026-13.csv", "payroll-2026-1.csv", "payroll-2026-11.CSV",
        "payroll-2026-11-A.csv", "payroll-2026-11-.csv", "../payroll-2026-11.csv" })
    void theNameMustTellTheMonth(String name) {
        assertThat(refusal(name, TITLES + "E1,Otieno,0722000001,500,Salary")).startsWith("the file: its name must tell the month; ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ,Otieno,0722000001,500,Salary          | line 2: id: is missing
            E 1,Otieno,0722000001,500,Salary       | line 2: id: may hold letters, digits and _.- only
            E1,,0722000001,500,Salary              | line 2: name: is missing
            E1,Otieno,0422000001,500,Salary        | line 2: phone: must be a Kenyan mobile number
            E1,Otieno,7.22E+08,500,Salary          | line 2: phone: must be a Kenyan mobile number
            E1,Otieno,0722000001,9,Salary          | line 2: amount: must be whole shillings from 10 to 250000
            E1,Otieno,0722000001,250001,Salary     | line 2: amount: must be whole shillings from 10 to 250000
            E1,Otieno,0722000001,500.50,Salary     | line 2: amount: must be whole shillings from 10 to 250000
            E1,Otieno,0722000001,"1,500",Salary    | line 2: amount: must be whole shillings from 10 to 250000
            E1,Otieno,0722000001,-500,Salary       | line 2: amount: must be whole shillings from 10 to 250000
            E1,Otieno,0722000001,=10*50,Salary     | line 2: amount: must be whole shillings from 10 to 250000
            E1,Otieno,0722000001,500,              | line 2: reason: is missing
            E1,Otieno,0722000001,1,500,Salary      | line 2: has 6 columns instead of 5
            """)
    void aBadLineIsNamedWithRuleAndCureAndTheNextIsRead(String line, String problem) throws InvalidPayrollException {
        List<LineRules.Verdict> lines = read(NAME, TITLES + line + "\nE2,Otieno,0722000001,500,Salary\n");

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).line()).isNull();
        assertThat(lines.get(0).problems()).singleElement().asString().contains(problem).contains("; ");
        assertThat(lines.get(1).line().number()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                          | nobody is to be paid
            id,name,phone,amount,reason                 | nobody is to be paid
            id,name,phone,amount                        | the titles must be id,name,phone,amount,reason
            id,name,phone,amount,why                    | the titles must be id,name,phone,amount,reason
            id,id,phone,amount,reason                   | the titles must be id,name,phone,amount,reason
            E1,Otieno,0722000001,500,Pay                | the titles must be id,name,phone,amount,reason
            id,name,phone,amount,reason\\nE1,Otieno,"07 | what follows cannot be read
            """)
    void whatIsNoPayrollIsRefused(String text, String problem) {
        assertThat(refusal(NAME, text.replace("\\n", "\n"))).contains(problem);
    }

    @Test
    void allThatIsWrongWithALineIsNamedAtOnce() throws InvalidPayrollException {
        assertThat(read(NAME, TITLES + "E1,,07,5,Salary\n")).singleElement()
                .satisfies(line -> assertThat(line.problems()).hasSize(3));
    }

    private static String refusal(String name, String text) {
        return catchThrowableOfType(InvalidPayrollException.class, () -> read(name, text)).getMessage();
    }

    private static List<LineRules.Verdict> read(String name, String text) throws InvalidPayrollException {
        List<LineRules.Verdict> lines = new ArrayList<>();
        PayrollFile.named(name).read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), lines::add);
        return lines;
    }
}
