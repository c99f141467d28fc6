package io.github.cameldaraja.examples.hawtio;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Spring Boot with Hawtio at {@code /actuator/hawtio}. Settings are in {@code application.properties}. */
@SpringBootApplication
public class ConsoleApp {

    @Bean
    DeskRoutes routes() {
        return new DeskRoutes();
    }

    /** Runs until the process is ended. */
    public static void main(String[] args) {
        Parent.endWith();
        SpringApplication.run(ConsoleApp.class, args);
    }
}
