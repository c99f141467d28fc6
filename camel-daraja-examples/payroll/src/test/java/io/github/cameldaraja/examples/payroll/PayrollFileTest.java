package io.github.cameldaraja.examples.payroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayrollFileTest {

    private static final String TITLES = "id,name,phone,amount,reason\n";

    @Test
    void theSampleIsInOrder() throws IOException, InvalidPayrollException {
        PayrollFile file = PayrollFile.read("payroll-2026-11.csv", Files.readAllBytes(Path.of("samples/payroll-2026-11.csv")));

        assertThat(file.run()).isEqualTo("payroll-2026-11");
        assertThat(file.lines()).hasSize(4).contains(
                new Line("2026-11/E002", 3, "E002", "Otieno, Brian", "254722000002", 38500, "Salary November"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\uFEFFid,name,phone,amount,reason\r\nE1,Otieno,0722000001,500,Salary\r\n",
        "Amount, Phone ,ID,Reason,Name\n500,0722000001,E1,Salary,Otieno",
        "id,name,phone,amount,reason\n\n\"E1\",\"Otieno\",\"0722000001\",\"500\",\"Salary\"\n\n" })
    void filesOfManyProgramsAreRead(String text) throws InvalidPayrollException {
        assertThat(read("payroll-2026-11.csv", text).lines()).singleElement()
                .satisfies(line -> assertThat(line.payment()).isEqualTo("2026-11/E1"))
                .satisfies(line -> assertThat(line.phone()).isEqualTo("254722000001"))
                .satisfies(line -> assertThat(line.amount()).isEqualTo(500));
    }

    @ParameterizedTest
    @ValueSource(strings = { "payroll.csv", "payroll-2026-13.csv", "payroll-2026-1.csv", "payroll-2026-11.CSV",
        "payroll-2026-11-A.csv", "payroll-2026-11-.csv", "../payroll-2026-11.csv" })
    void theNameMustTellTheMonth(String name) {
        assertThat(problems(name, TITLES + "E1,Otieno,0722000001,500,Salary")).singleElement().asString()
                .startsWith("the file: its name must tell the month; ");
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
            E1,Otieno,"0722000001,500,Salary       | what follows cannot be read
            """)
    void aBadLineIsNamedWithRuleAndCure(String line, String problem) {
        assertThat(problems("payroll-2026-11.csv", TITLES + line + "\n")).singleElement().asString()
                .contains(problem).contains("; ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                             | nobody is to be paid
            id,name,phone,amount,reason    | nobody is to be paid
            id,name,phone,amount           | the titles must be id,name,phone,amount,reason
            id,name,phone,amount,why       | the titles must be id,name,phone,amount,reason
            id,id,phone,amount,reason      | the titles must be id,name,phone,amount,reason
            E1,Otieno,0722000001,500,Pay   | the titles must be id,name,phone,amount,reason
            """)
    void whatIsNoPayrollIsRefused(String text, String problem) {
        assertThat(problems("payroll-2026-11.csv", text)).singleElement().asString().contains(problem);
    }

    @Test
    void allProblemsAreNamedAtOnce() {
        assertThat(problems("payroll-2026-11.csv", TITLES + "E1,Otieno,0722000001,500,Salary\nE1,,07,5,Salary\nE3,Otieno\n"))
                .extracting(Problem::line).containsExactly(3, 3, 3, 3, 4);
    }

    private static List<Problem> problems(String name, String text) {
        return catchThrowableOfType(InvalidPayrollException.class, () -> read(name, text)).getProblems();
    }

    private static PayrollFile read(String name, String text) throws InvalidPayrollException {
        return PayrollFile.read(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
