/**
 * The component in Spring Boot: its settings from Spring's environment, payments in the application's database, secrets kept out of
 * the actuator.
 */
package io.github.cameldaraja.springboot;
