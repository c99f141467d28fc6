package io.github.cameldaraja.examples.hawtio;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/**
 * Nobody sees or does anything without a login. It replaces Hawtio's own, which would guard the console, but not what else the
 * actuator shows.
 */
@Configuration(proxyBeanMethods = false)
public class ConsoleSecurity {

    @Bean
    SecurityFilterChain login(HttpSecurity http) throws Exception {
        CsrfTokenRequestAttributeHandler tokens = new CsrfTokenRequestAttributeHandler();
        // a cookie with each page: the console sends it back as a header, which no other site can
        tokens.setCsrfRequestAttributeName(null);
        return http.authorizeHttpRequests(requests -> requests
                        // the console posts all that it wants to know. At first it gets, to see where Jolokia is, and this no is what it
                        // looks for: Jolokia's own refusal would come as 200, and the console would find nothing
                        .requestMatchers(HttpMethod.GET, "/actuator/jolokia/**", "/actuator/hawtio/jolokia/**").denyAll()
                        .anyRequest().hasRole("DESK"))
                .formLogin(Customizer.withDefaults())
                .httpBasic(Customizer.withDefaults())
                .csrf(csrf -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse()).csrfTokenRequestHandler(tokens)
                        // a program that says its password with each request, and that no other site can make say it
                        .ignoringRequestMatchers(request -> request.getHeader(HttpHeaders.AUTHORIZATION) != null))
                .build();
    }
}
